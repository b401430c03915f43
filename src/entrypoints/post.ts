import { post } from '../post.ts'
import { runPostStep } from './boundary.ts'
import { optimizeParserLate } from './v8.ts'

optimizeParserLate()
await runPostStep(post)
