import { download } from '../download.ts'
import { runStep } from './boundary.ts'
import { collectGarbageEarly } from './v8.ts'

collectGarbageEarly()
await runStep(download)
