import { mount } from '../mount.ts'
import { runStep } from './boundary.ts'
import { keepNewSpaceSmall } from './v8.ts'

keepNewSpaceSmall()
await runStep(mount)
