import { download } from '../download.ts'
import { runStep } from './boundary.ts'
import { collectGarbageEarly, optimizeParserLate } from './v8.ts'

collectGarbageEarly()
optimizeParserLate()
await runStep(download)
