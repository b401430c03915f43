import { download } from '../download.ts'
import { runStep } from './boundary.ts'
import { collectGarbageEarly } from './garbage.ts'

collectGarbageEarly()
await runStep(download)
