import { download } from '../download.ts'
import { githubRunner } from '../runner/runner.ts'
import { Stopper } from '../stop/stop.ts'
import { exit } from './exit.ts'
import { collectGarbageEarly } from './garbage.ts'

collectGarbageEarly()
await download(githubRunner(), Stopper.onSignals(1))
exit()
