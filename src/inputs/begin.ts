import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import type { Runner } from '../runner/runner.ts'
import { readEvent, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { Stopper } from '../stop/stop.ts'
import type { Access } from './credential.ts'
import { InputReader, type Remark } from './reader.ts'
import type { Environment } from './setting.ts'

/** The inputs that every action has. */
interface CommonInputs {
  readonly access: Access
  readonly limits: RequestLimits
}

/** Reads all inputs of an action. What is wrong with them is recorded in the reader. */
type ReadInputs<Inputs> = (read: InputReader, env: Environment, event: WorkflowEvent) => Inputs

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
  read: ReadInputs<Inputs>,
  done: string,
): Promise<Begun<Inputs> | undefined> {
  const event = await readEvent(runner.env)
  const { inputs, remarks } = readChecked(read, runner.input, runner.env, event)
  const { limits } = inputs
  const { credential } = inputs.access
  stopper.after(limits.timeoutMs, `timed out (\`timeout-minutes: ${limits.timeoutMs / 60_000}\`)`)
  if (credential.kind === 'skip') {
    runner.notice(`${credential.why}: nothing is ${done}, as \`if-no-credentials: skip\` says`)
    return undefined
  }
  for (const { level, text } of remarks) runner[level](text)
  return { inputs, event, credential }
}

/**
 * Reads and checks an action's inputs. Without a credential, nothing is done, and nothing is wrong: a fork's pull request
 * has no variables either, which ids may come from.
 * @throws InputError naming everything that is wrong, each with input, value and what is allowed
 */
export function readChecked<Inputs extends CommonInputs>(
  read: ReadInputs<Inputs>,
  input: Runner['input'],
  env: Environment,
  event: WorkflowEvent,
): { readonly inputs: Inputs; readonly remarks: readonly Remark[] } {
  const reader = new InputReader(input)
  const inputs = read(reader, env, event)
  if (inputs.access.credential.kind !== 'skip') reader.finish()
  return { inputs, remarks: reader.remarks }
}
