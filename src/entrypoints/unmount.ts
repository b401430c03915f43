import { githubRunner } from '../runner/runner.ts'
import { Stopper } from '../stop/stop.ts'
import { remove } from '../unmount.ts'
import { exit } from './exit.ts'

await remove(githubRunner(), Stopper.onSignals(1))
exit()
