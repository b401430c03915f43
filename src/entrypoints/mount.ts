import { mount } from '../mount.ts'
import { githubRunner } from '../runner.ts'
import { stopSignal } from '../stop-signal.ts'

await mount(githubRunner(), stopSignal())
