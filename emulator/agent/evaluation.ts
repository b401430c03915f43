import type { BetaManagedAgentsUserDefineOutcomeEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { BetaManagedAgentsOutcomeEvaluationResource } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import type { SessionRecord } from '../world.ts'
import type { Act } from './agent-script.ts'
import type { LiveSession } from './live-session.ts'

type Facts = SessionRecord['facts']
type Evaluation = BetaManagedAgentsOutcomeEvaluationResource

const UNFINISHED: readonly string[] = ['pending', 'running', 'evaluating']

/** Documented. */
const DEFAULT_ITERATIONS = 3

const NO_USAGE = {
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
} as const

export function openOutcome({ outcome_evaluations }: Facts): Evaluation | undefined {
  return outcome_evaluations.find(({ result }) => UNFINISHED.includes(result))
}

export function withOutcome(facts: Facts, { outcome_id, description }: BetaManagedAgentsUserDefineOutcomeEvent): Facts {
  const begun = { type: 'outcome_evaluation', outcome_id, description, iteration: 0 } as const
  const evaluation = { ...begun, result: 'pending', explanation: null, completed_at: null }
  return { ...facts, outcome_evaluations: [...facts.outcome_evaluations, evaluation] }
}

/** The same with something changed of the outcome that is open. */
export function withEvaluation(facts: Facts, change: Partial<Evaluation>): Facts {
  const open = openOutcome(facts)
  const changed = (each: Evaluation) => (each === open ? { ...each, ...change } : each)
  return { ...facts, outcome_evaluations: facts.outcome_evaluations.map(changed) }
}

/**
 * Grades the work, where an outcome is open: the last revision that may be asked for is the end of it, after which the
 * agent has one more turn (documented).
 */
export function evaluate(session: LiveSession, message: BetaManagedAgentsUserDefineOutcomeEvent, act: Evaluate): void {
  const open = openOutcome(session.record.facts)
  if (open?.outcome_id !== message.outcome_id) return
  const { iteration, outcome_id } = open
  const isLast = iteration + 1 >= (message.max_iterations ?? DEFAULT_ITERATIONS)
  const result = act.result === 'needs_revision' && isLast ? 'max_iterations_reached' : act.result
  const explanation = act.explanation ?? `The emulator finds it ${result}`
  const start = { ...session.head(), type: 'span.outcome_evaluation_start', iteration, outcome_id } as const
  const end = { ...session.head(), type: 'span.outcome_evaluation_end', iteration, outcome_id } as const
  session.tell(
    start,
    { ...session.head(), type: 'span.outcome_evaluation_ongoing', iteration, outcome_id },
    { ...end, outcome_evaluation_start_id: start.id, result, explanation, usage: { ...NO_USAGE } },
  )
  const isRevised = result === 'needs_revision'
  session.changeFacts(
    withEvaluation(session.record.facts, {
      explanation,
      iteration: isRevised ? iteration + 1 : iteration,
      result: isRevised ? 'running' : result,
      completed_at: isRevised ? null : end.processed_at,
    }),
  )
}

type Evaluate = Extract<Act, { act: 'evaluate' }>
