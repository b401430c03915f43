import { mount } from '../mount.ts'
import { runStep } from './boundary.ts'
import { keepNewSpaceSmall, optimizeParserLate } from './v8.ts'

keepNewSpaceSmall()
optimizeParserLate()
await runStep(mount)
