import { exit } from '../exit.ts'
import { remove } from '../remove.ts'
import { githubRunner } from '../runner.ts'
import { Stopper } from '../stop-signal.ts'

await remove(githubRunner(), Stopper.onSignals(1))
exit()
