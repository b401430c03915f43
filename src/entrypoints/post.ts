import { exit } from '../exit.ts'
import { githubRunner } from '../runner.ts'
import { Stopper } from '../stop-signal.ts'
import { unmount } from '../unmount.ts'

await unmount(githubRunner(), Stopper.onSignals(0))
exit()
