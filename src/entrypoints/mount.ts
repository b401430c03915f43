import { mount } from '../mount.ts'
import { githubRunner } from '../runner/runner.ts'
import { Stopper } from '../stop/stop.ts'
import { exit } from './exit.ts'

await mount(githubRunner(), Stopper.onSignals(1))
exit()
