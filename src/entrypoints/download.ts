import { download } from '../download.ts'
import { exit } from '../exit.ts'
import { collectGarbageEarly } from '../garbage.ts'
import { githubRunner } from '../runner.ts'
import { Stopper } from '../stop-signal.ts'

collectGarbageEarly()
await download(githubRunner(), Stopper.onSignals(1))
exit()
