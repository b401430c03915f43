import { expect, test } from '@jest/globals'
import type { SessionEvent } from '../../src/api/session-event.ts'
import type { Session } from '../../src/api/sessions.ts'
import type { SentPrompt } from '../../src/converse/send-prompt.ts'
import { verdictOf } from '../../src/converse/verdict.ts'

const PROMPT: SentPrompt = {
  text: 'Go',
  rubric: { text: 'Good', maxIterations: 3 },
  id: 'm_ours',
  outcomeId: 'outc_ours',
  isQueued: false,
  wasIdle: true,
}

type Evaluation = Session['evaluations'][number]

const graded = (iteration: number, result: string, explanation = ''): SessionEvent => ({
  ...{ id: `e${iteration}`, processedAt: 'now', threadId: undefined },
  ...{ kind: 'evaluation-end', outcomeId: 'outc_ours', iteration, result, explanation },
})

const kept = (iteration: number, result: string, explanation = ''): Evaluation => ({
  ...{ outcome_id: 'outc_ours', iteration, result, explanation },
})

const ROWS: readonly (readonly [string, readonly SessionEvent[], Evaluation | undefined, object])[] = [
  ['nothing', [], undefined, { result: 'unfinished', explanation: '', iterations: 0 }],
  [
    'that it is at work',
    [],
    kept(0, 'running', 'so far'),
    { result: 'unfinished', explanation: 'so far', iterations: 0 },
  ],
  ['the end alone', [], kept(2, 'satisfied', 'good'), { result: 'satisfied', explanation: 'good', iterations: 3 }],
  [
    'another outcome’s end',
    [],
    { ...kept(2, 'satisfied'), outcome_id: 'outc_other' },
    { result: 'unfinished', iterations: 0 },
  ],
  [
    'the end, and the events one that goes on',
    [graded(0, 'needs_revision', 'not yet')],
    kept(1, 'failed'),
    { result: 'failed', explanation: 'not yet', iterations: 2 },
  ],
  [
    'that it goes on, as the events do',
    [graded(0, 'needs_revision', 'not yet'), graded(1, 'needs_revision', 'nor now')],
    kept(0, 'evaluating'),
    { result: 'unfinished', explanation: 'nor now', iterations: 2 },
  ],
  [
    'less than the events',
    [graded(0, 'needs_revision'), graded(1, 'satisfied', 'good')],
    kept(0, 'running'),
    { result: 'satisfied', explanation: 'good', iterations: 2 },
  ],
]

test.each(ROWS)('the session has %s: what came of the outcome', (_, events, evaluation, verdict) => {
  const session = { evaluations: evaluation === undefined ? [] : [evaluation] } as unknown as Session
  expect(verdictOf(PROMPT, events, session)).toMatchObject(verdict)
})

test('a mere message has no verdict', () => {
  expect(verdictOf({ ...PROMPT, rubric: undefined }, [graded(0, 'satisfied')], undefined)).toBeUndefined()
})
