import { githubRunner } from '../runner/runner.ts'
import { Stopper } from '../stop/stop.ts'
import { unmount } from '../unmount.ts'
import { exit } from './exit.ts'

await unmount(githubRunner(), Stopper.onSignals(1))
exit()
