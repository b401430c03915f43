import type {
  BetaManagedAgentsUserDefineOutcomeEventParams,
  BetaManagedAgentsUserMessageEventParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'

/** What an agent is told: with a rubric a task and what its result is graded by, else a message. */
export interface Prompt {
  readonly text: string
  readonly rubric: Rubric | undefined
}

interface Rubric {
  readonly text: string
  readonly maxIterations: number
}

/** A prompt as an event to send, or to create a session with. */
export function userEvent({
  text,
  rubric,
}: Prompt): BetaManagedAgentsUserMessageEventParams | BetaManagedAgentsUserDefineOutcomeEventParams {
  if (rubric === undefined) return { type: 'user.message', content: [{ type: 'text', text }] }
  return {
    type: 'user.define_outcome',
    description: text,
    rubric: { type: 'text', content: rubric.text },
    max_iterations: rubric.maxIterations,
  }
}
