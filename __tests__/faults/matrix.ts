import pLimit from 'p-limit'
import { type Case, flawsOf } from './case.ts'
import type { Stage } from './play.ts'
import type { Outcome } from './table.ts'
import { judge } from './verdict.ts'

/** Cases that wait for a minute and do nothing meanwhile; they have places of their own. */
const WAITING_PLACES = 24

/** Plays the cases, so many at a time, and judges each. A case that cannot be played counts as a violation. */
export async function playAll(
  stage: Stage,
  cases: readonly Case[],
  jobs: number,
  done: (outcome: Outcome) => void = () => {},
): Promise<readonly Outcome[]> {
  const [working, waiting] = [pLimit(jobs), pLimit(WAITING_PLACES)]
  const outcomes = cases.map((each) =>
    (isWaiting(each) ? waiting : working)(async () => {
      const outcome = await outcomeOf(stage, each)
      done(outcome)
      return outcome
    }),
  )
  return Promise.all(outcomes)
}

async function outcomeOf(stage: Stage, each: Case): Promise<Outcome> {
  try {
    return { case: each, verdict: judge(await stage.play(each)) }
  } catch (error) {
    const violations = [`the case could not be played: ${error instanceof Error ? error.stack : String(error)}`]
    return { case: each, verdict: { main: 'failed', struck: false, named: 0, violations } }
  }
}

function isWaiting(each: Case): boolean {
  return flawsOf(each).some(({ step, fault }) => step === 'post' && fault === 'never-answer')
}
