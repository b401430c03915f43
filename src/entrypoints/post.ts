import { post } from '../post.ts'
import { runPostStep } from './boundary.ts'

await runPostStep(post)
