import { type Case, MODES, nameOf } from './case.ts'
import { RUNS } from './runs.ts'
import type { Verdict } from './verdict.ts'

/** A case that was played, and what it came to. */
export interface Outcome {
  readonly case: Case
  readonly verdict: Verdict
}

const HEADS = ['cases', 'not reached', 'main succeeded', 'main failed', 'named', 'violations']

/** The outcomes in numbers, a row for each run and mode, in Markdown. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = Object.values(RUNS).flatMap(({ name, title }) =>
    [...MODES, 'post' as const].flatMap((mode) => {
      const those = outcomes.filter(({ case: each }) => each.run === name && modeOf(each) === mode)
      return those.length === 0 ? [] : [[`${name}: ${title}`, mode, ...numbersOf(those)]]
    }),
  )
  const all = ['all', '', ...numbersOf(outcomes)]
  return [['run', 'mode', ...HEADS], ['---', '---', ...HEADS.map(() => '---:')], ...rows, all]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** Each violation with the command that shows it again. */
export function violationsOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ case: each, verdict }) =>
    verdict.violations.map((what) => `${what}\n    npm run test:faults -- --case ${nameOf(each)}`),
  )
}

/** Of a pair, that of its first. */
function modeOf({ step, mode }: Case): Case['mode'] | 'post' {
  return step === 'post' ? 'post' : mode
}

function numbersOf(outcomes: readonly Outcome[]): readonly number[] {
  const of = (test: (verdict: Verdict) => boolean) => outcomes.filter(({ verdict }) => test(verdict)).length
  return [
    outcomes.length,
    of(({ struck }) => !struck),
    of(({ main }) => main === 'succeeded'),
    of(({ main }) => main === 'failed'),
    of(({ named }) => named > 0),
    of(({ violations }) => violations.length > 0),
  ]
}
