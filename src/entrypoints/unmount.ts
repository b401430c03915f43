import { unmount } from '../unmount.ts'
import { runStep } from './boundary.ts'
import { optimizeParserLate } from './v8.ts'

optimizeParserLate()
await runStep(unmount)
