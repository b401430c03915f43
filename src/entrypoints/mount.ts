import { mount } from '../mount.ts'
import { runStep } from './boundary.ts'
import { keepNewSpaceSmall } from './garbage.ts'

keepNewSpaceSmall()
await runStep(mount)
