import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import type { Runner } from '../runner/runner.ts'
import { readEvent, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { Stopper } from '../stop/stop.ts'
import type { Access } from './credential.ts'
import type { Remark } from './reader.ts'

/** The inputs that every action has. */
interface CommonInputs {
  readonly access: Access
  readonly limits: RequestLimits
  readonly remarks: readonly Remark[]
}

export interface Begun<Inputs> {
  readonly inputs: Inputs
  readonly event: WorkflowEvent
  readonly credential: UsableCredential
}

/**
 * Begins a flow: reads its inputs, starts its time limit, and says what is odd about them. Undefined where the flow is skipped
 * for want of a credential.
 * @param done to what there is, in a word, if it is not skipped
 * @throws InputError
 */
export async function begin<Inputs extends CommonInputs>(
  runner: Runner,
  stopper: Stopper,
  read: (input: Runner['input'], env: Runner['env'], event: WorkflowEvent) => Inputs,
  done: string,
): Promise<Begun<Inputs> | undefined> {
  const event = await readEvent(runner.env)
  const inputs = read(runner.input, runner.env, event)
  const { limits, remarks } = inputs
  const { credential } = inputs.access
  stopper.after(limits.timeoutMs, `timed out (\`timeout-minutes: ${limits.timeoutMs / 60_000}\`)`)
  if (credential.kind === 'skip') {
    runner.notice(`${credential.why}: nothing is ${done}, as \`if-no-credentials: skip\` says`)
    return undefined
  }
  for (const { level, text } of remarks) runner[level](text)
  return { inputs, event, credential }
}
