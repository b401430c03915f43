import { unmount } from '../unmount.ts'
import { runStep } from './boundary.ts'

await runStep(unmount)
