import { describe, expect, test } from '@jest/globals'
import type { ConverseResult } from '../../src/converse/conversation.ts'
import type { Turn } from '../../src/converse/turn.ts'
import { judgeTurn } from '../../src/report/ending-text.ts'

const ASKED = { sessionId: 'sesn_1', waitSeconds: 60, ifNotSatisfied: 'error' } as const
const TURN: Turn = {
  status: 'idle',
  stopReason: 'end_turn',
  reply: '',
  usage: undefined,
  runCents: undefined,
  verdict: undefined,
  errors: [],
}
const stopped = (stopReason: string | undefined) =>
  ({ kind: 'idle', stopReason, waitsFor: [], explanation: undefined }) as const

function judge(
  ending: ConverseResult['ending'],
  turn: Partial<Turn> = {},
  asked: Parameters<typeof judgeTurn>[0] = ASKED,
) {
  return judgeTurn(asked, { ending, turn: { ...TURN, ...turn }, interruption: undefined, error: undefined })
}

test.each([
  ['nothing', undefined, undefined],
  ['the end of its turn', 'end_turn', undefined],
  [
    'something new',
    'out_of_\u001bluck',
    'session sesn_1 stopped for a reason that this action does not know: out_of_\\u{1b}luck',
  ],
])('an agent that stopped and gave as its reason %s', (_, reason, failure) => {
  expect(judge(stopped(reason))).toEqual({ failure, notes: [] })
})

describe('an outcome', () => {
  test.each([
    ['satisfied', undefined],
    ['interrupted', 'the work of session sesn_1 was interrupted before its outcome was satisfied (interrupted): why'],
    ['unfinished', 'session sesn_1 stopped before its outcome was graded to the end (unfinished): why'],
    ['so_so', 'the outcome of session sesn_1 is not satisfied (so_so): why'],
  ])('%s fails the step, or is only told, if it is not satisfied', (result, text) => {
    const turn = { verdict: { result, explanation: 'why', iterations: 2 } }
    expect(judge(stopped('end_turn'), turn)).toEqual({ failure: text, notes: [] })
    const notes = text === undefined ? [] : [text]
    const warned = judge(stopped('end_turn'), turn, { ...ASKED, ifNotSatisfied: 'warn' })
    expect(warned).toEqual({ failure: undefined, notes })
  })
})

test.each([
  ['running', 'The agent keeps working unless cleanup ends its session (`session-cleanup`)'],
  ['rescheduling', 'The agent keeps working unless cleanup ends its session (`session-cleanup`)'],
  [undefined, 'Its current status could not be read'],
  ['idle', 'Its status is idle now, but its events do not say that the agent has finished'],
])('a wait that was too short for a session that is %s', (status, text) => {
  const { failure } = judge({ kind: 'timed-out' }, { status })
  expect(failure).toBe(`session sesn_1 did not finish within 1m (\`wait-timeout\`). ${text}`)
})
