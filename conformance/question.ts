import type { Lab } from './lab.ts'

/** One thing to find out about a server. */
export interface Question {
  readonly name: string
  readonly ask: string
  /** What we take for right, in the words of `look`; several where any will do, none where nobody knows. */
  readonly expected: readonly string[]
  /** Whether the action goes wrong where it is otherwise; else it gets along, or only says less. */
  readonly isRelied: boolean
  /** What it means for us if it is otherwise. */
  readonly otherwise: string
  /** What is seen, in few words. */
  readonly look: (lab: Lab) => Promise<string>
}

export type Verdict = 'as expected' | 'differs' | 'breaks us' | 'not known before' | 'not asked'

/** A question and what came of it. */
export interface Finding {
  readonly question: Question
  readonly seen: string
  readonly verdict: Verdict
}

/** A question of which much depends. */
export const relied = (question: Omit<Question, 'isRelied'>): Question => ({ ...question, isRelied: true })

/** A question whose other answer we can live with. */
export const assumed = (question: Omit<Question, 'isRelied'>): Question => ({ ...question, isRelied: false })

export function verdictOf({ expected, isRelied }: Question, seen: string): Verdict {
  if (expected.length === 0) return 'not known before'
  if (expected.includes(seen)) return 'as expected'
  return isRelied ? 'breaks us' : 'differs'
}
