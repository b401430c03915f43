import { exit } from '../exit.ts'
import { mount } from '../mount.ts'
import { githubRunner } from '../runner.ts'
import { Stopper } from '../stop-signal.ts'

await mount(githubRunner(), Stopper.onSignals(1))
exit()
