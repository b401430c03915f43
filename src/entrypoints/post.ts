import { unmount } from '../post.ts'
import { githubRunner } from '../runner/runner.ts'
import { Stopper } from '../stop/stop.ts'
import { exit } from './exit.ts'

await unmount(githubRunner(), Stopper.onSignals(0))
exit()
