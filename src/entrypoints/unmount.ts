import { githubRunner } from '../runner.ts'
import { stopSignal } from '../stop-signal.ts'
import { unmount } from '../unmount.ts'

/** GitHub ends a cancelled job by force after five minutes; this leaves time to say what is left. */
const DEADLINE_MS = 240_000

await unmount(githubRunner(), stopSignal(DEADLINE_MS))
