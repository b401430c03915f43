import { annotations } from '../harness/annotation.ts'
import { signalOnce } from '../harness/signal.ts'
import { runStep } from '../harness/step.ts'
import type { StepRequest, StepRun } from './world.ts'

/** The runner's own patience; what has not ended by this time is killed. */
const GRACE_MS = 10_000

/** Runs a bundle of dist in a process of its own. */
export async function runInDist({ bundle, stopAt, requests, ...options }: StepRequest): Promise<StepRun> {
  const before = requests()
  const signal = stopAt?.how === 'kill' ? 'SIGKILL' : 'SIGINT'
  const onStart = stopAt && signalOnce(() => requests() >= before + stopAt.count, signal, GRACE_MS)
  const result = await runStep(bundle, { ...options, ...(onStart === undefined ? {} : { onStart }) })
  return {
    isSuccess: result.exitCode === 0,
    state: bundle === 'mount' ? result.state : options.state,
    log: result.stdout.split('\n'),
    warnings: annotations(result, 'warning'),
    temp: result.temp,
  }
}
