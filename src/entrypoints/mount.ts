import { setFlagsFromString } from 'node:v8'
import { mount } from '../mount.ts'
import { runStep } from './boundary.ts'

// Thousands of files make thousands of short-lived objects. V8 would let its space for these grow to 96 MB, which takes
// a third more memory and saves no time (measured: `npm run bench -- --only F,K`).
setFlagsFromString('--semi-space-growth-factor=1')

await runStep(mount)
