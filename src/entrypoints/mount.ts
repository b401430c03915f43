import { mount } from '../mount.ts'
import { runStep } from './boundary.ts'

await runStep(mount)
