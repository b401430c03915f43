import { describe, expect, test } from '@jest/globals'
import type { EventContent, SessionEvent } from '../../src/api/session-event.ts'
import type { SentPrompt } from '../../src/converse/send-prompt.ts'
import { type Followed, NO_PATIENCE, type TurnView, viewTurn } from '../../src/converse/view-turn.ts'

const PROMPT: SentPrompt = {
  text: 'Go',
  rubric: undefined,
  id: 'm_ours',
  outcomeId: undefined,
  isQueued: true,
  wasIdle: true,
}

type Told = EventContent & { readonly id?: string; readonly processedAt?: undefined }

/** Events in a word each: `m` is our message in the queue, `M` taken up, `O` another job's of the same text. */
const EVENTS: Readonly<Record<string, Told>> = {
  m: { kind: 'user-message', text: 'Go', id: 'm_ours', processedAt: undefined },
  M: { kind: 'user-message', text: 'Go', id: 'm_ours' },
  O: { kind: 'user-message', text: 'Go', id: 'm_other' },
  run: { kind: 'running' },
  one: { kind: 'agent-message', text: 'one' },
  two: { kind: 'agent-message', text: 'two' },
  blank: { kind: 'agent-message', text: ' \n' },
  use: { kind: 'tool-use', name: 'bash', input: {}, isCustom: false, id: 'use' },
  result: { kind: 'tool-result', useId: 'use', error: undefined },
  error: {
    kind: 'error',
    error: { type: 'unknown_error', message: 'boom', retryStatus: 'exhausted', repositoryUrl: undefined },
  },
  clone: {
    kind: 'error',
    error: { type: 'repository_clone_error', message: 'no', retryStatus: 'retrying', repositoryUrl: undefined },
  },
  idle: { kind: 'idle', stopReason: 'end_turn', waitsFor: [], explanation: undefined },
  bare: { kind: 'idle', stopReason: undefined, waitsFor: [], explanation: undefined },
  refusal: { kind: 'idle', stopReason: 'refusal', waitsFor: [], explanation: undefined },
  asks: { kind: 'idle', stopReason: 'requires_action', waitsFor: ['use'], explanation: undefined },
  over: { kind: 'terminated' },
  gone: { kind: 'deleted' },
}

/** Readings a second apart, `|` between them; looked at so many seconds after the last one. */
function followed(text: string, seconds: number, prompt: SentPrompt | undefined): Followed {
  let number = 0
  const eventOf = (word: string): SessionEvent => {
    const told = EVENTS[word]
    if (told === undefined) throw new Error(`no event ${word}`)
    return { id: `e${number++}`, processedAt: '2026-11-21T12:00:00Z', ...told }
  }
  const parts = text.split('|').map((part) => part.trim().split(/\s+/))
  const readings = parts.map((words, index) => ({ events: words.map(eventOf), at: index * 1_000 }))
  return { prompt, readings, now: (readings.length - 1 + seconds) * 1_000 }
}

/** What was said in the turn. */
function said({ ours }: TurnView): string {
  return ours.flatMap((event) => (event.kind === 'agent-message' ? [event.text.trim()] : [])).join(' ')
}

interface Row {
  readonly events: string
  /** Seconds since the last reading. */
  readonly after?: number
  readonly ending?: string
  readonly said?: string
}

type Rows = readonly (readonly [string, Row])[]

function check(prompt: SentPrompt | undefined, { events, after = 0, ending, said: text = '' }: Row): void {
  const view = viewTurn(followed(events, after, prompt))
  expect({ ending: view.ending?.kind, said: said(view) }).toEqual({ ending, said: text })
}

const ALONE: Rows = [
  ['an ordinary turn', { events: 'run M one idle', ending: 'idle', said: 'one' }],
  ['in several readings', { events: 'run | M | one | idle', ending: 'idle', said: 'one' }],
  ['an idle without a reason', { events: 'M one bare', ending: 'idle', said: 'one' }],
  ['no idle yet', { events: 'run M one', after: 600, said: 'one' }],
  ['an idle of before, listed late', { events: 'idle | M run one', after: 600, said: 'one' }],
  ['it runs once more for a moment', { events: 'run M one idle run idle', ending: 'idle', said: 'one' }],
  ['it is at work again', { events: 'M one idle run two', ending: 'idle', said: 'one' }],
  ['it is idle for a moment first', { events: 'run M idle run one idle', ending: 'idle', said: 'one' }],
  ['it has been idle for a moment', { events: 'run M idle run', after: 600 }],
  ['the message behind the idle', { events: 'run M idle | one', ending: 'idle', said: 'one' }],
  ['the message not there yet', { events: 'run M idle', after: 4 }],
  ['the message never there', { events: 'run M idle', after: 6, ending: 'idle' }],
  ['a message without text last', { events: 'M one blank idle', ending: 'idle', said: 'one ' }],
  ['a refusal says nothing', { events: 'M refusal', ending: 'idle' }],
  ['a tool without a result', { events: 'M one use idle', after: 4, said: 'one' }],
  ['a tool never with a result', { events: 'M one use idle', after: 6, ending: 'idle', said: 'one' }],
  ['a tool with a late result', { events: 'M one use idle | result', ending: 'idle', said: 'one' }],
  ['a tool before the last message', { events: 'M use one idle', ending: 'idle', said: 'one' }],
  ['an error, and nothing yet', { events: 'M error idle', after: 4 }],
  ['an error, and nothing', { events: 'M error idle', after: 6, ending: 'no-answer' }],
  ['an error, and a late answer', { events: 'M error idle | one', ending: 'idle', said: 'one' }],
  ['an error, and an answer', { events: 'M error one idle', ending: 'idle', said: 'one' }],
  ['a repository that is not there', { events: 'M clone', ending: 'no-repository' }],
  ['it asks', { events: 'M use asks', ending: 'idle' }],
  ['terminated', { events: 'M one over', ending: 'terminated', said: 'one' }],
  ['deleted', { events: 'M one gone', ending: 'deleted', said: 'one' }],
  ['never taken up', { events: 'm one idle', after: 7, ending: 'idle', said: 'one' }],
  ['not taken up yet', { events: 'm one idle', after: 5, said: 'one' }],
  ['not on the list yet', { events: 'run one idle', after: 5, said: 'one' }],
  ['the same text before ours', { events: 'run O m | M one idle run two | idle', ending: 'idle', said: 'two' }],
  ['the same text before ours, which waits', { events: 'run O m one idle', after: 5 }],
  ['the same text behind ours', { events: 'M O one idle run two', ending: 'idle', said: 'one' }],
  ['the same text in one turn', { events: 'run O | M one idle', after: 1, ending: 'idle', said: 'one' }],
]

test.each(ALONE)('a prompt to an idle session: %s', (_, row) => check(PROMPT, row))

const AT_WORK: Rows = [
  ['not taken up', { events: 'm | one idle', after: 5 }],
  ['never taken up', { events: 'm | one idle run two idle', after: 7, ending: 'idle', said: 'two' }],
  ['the turn before has just ended', { events: 'm | one | idle run M two', after: 600, said: 'two' }],
  ['over', { events: 'm | one idle run M two idle', ending: 'idle', said: 'two' }],
  ['over, the message at its place', { events: 'm | M one idle run two | idle', ending: 'idle', said: 'two' }],
  ['nothing said yet, the message at its place', { events: 'm | M one idle run', after: 600 }],
  ['all at once', { events: 'm | M one idle run two idle', after: 1, ending: 'idle', said: 'two' }],
  ['all at once, a moment ago', { events: 'm | M one idle', after: 0.5, said: 'one' }],
  ['in the turn of another message', { events: 'm | one M two | idle', ending: 'idle', said: 'two' }],
  ['it runs once more for a moment', { events: 'm | M one idle run idle', after: 1, ending: 'idle', said: 'one' }],
  ['another job is next', { events: 'm | one idle run M | two | idle run O one', ending: 'idle', said: 'two' }],
  ['the turn before asks', { events: 'm | use asks', ending: 'idle' }],
  ['the turn before has asked', { events: 'm | use asks run', after: 600 }],
  ['the turn before had an error', { events: 'm | error idle | run M two idle', ending: 'idle', said: 'two' }],
]

test.each(AT_WORK)('a prompt to a session at work: %s', (_, row) => check({ ...PROMPT, wasIdle: false }, row))

test.each<Rows[number]>([
  ['the turn before, or ours', { events: 'M | one | idle', after: 0.5, said: 'one' }],
  ['ours', { events: 'M one | idle run two idle', after: 1, ending: 'idle', said: 'two' }],
])('a prompt that counts as taken up when it comes: %s', (_, row) => {
  check({ ...PROMPT, wasIdle: false, isQueued: false }, row)
})

test.each([undefined, 'm_of_the_reply'])('a message that is not listed by the id of the reply, %s', (id) => {
  check({ ...PROMPT, id }, { events: 'run O one idle', ending: 'idle', said: 'one' })
})

test.each<Rows[number]>([
  ['over', { events: 'one idle', ending: 'idle', said: 'one' }],
  ['not over', { events: 'one', after: 600, said: 'one' }],
  ['another turn behind it', { events: 'one idle run two idle', ending: 'idle', said: 'one' }],
  ['an error', { events: 'error idle', after: 6, ending: 'idle' }],
])('without a prompt: %s', (_, row) => check(undefined, row))

describe('when time is up', () => {
  test.each([
    ['an end is the end', 'M one idle', true, 'idle'],
    ['also one that lacks something', 'M use idle', true, 'idle'],
    ['also one behind which more might come', 'm | M one idle', false, 'idle'],
    ['an error and nothing else', 'M error idle', true, 'no-answer'],
    ['the idle of a turn before is no end', 'm | one idle', false, undefined],
    ['nor is one with the message in the queue', 'm idle', true, undefined],
    ['at work', 'M one', true, undefined],
  ])('%s', (_, events, wasIdle, ending) => {
    expect(viewTurn(followed(events, 0, { ...PROMPT, wasIdle }), NO_PATIENCE).ending?.kind).toBe(ending)
  })
})

test('the agent asks for a tool that is known', () => {
  expect(viewTurn(followed('M use asks', 0, PROMPT)).ending).toMatchObject({
    stopReason: 'requires_action',
    waitsFor: [{ id: 'use', tool: { name: 'bash', isCustom: false } }],
  })
})

test.each([
  ['M clone', false],
  ['M clone one idle', true],
])('whether the agent goes on without its repository: %s', (events, isIdle) => {
  expect(viewTurn(followed(events, 0, PROMPT)).ending).toMatchObject({ kind: 'no-repository', isIdle })
})

test.each([
  ['M one use result idle', undefined],
  ['M idle', 'message'],
  ['M blank idle', 'message'],
  ['M one use idle', 'tool-result'],
])('what a turn lacks: %s', (events, lack) => {
  expect(viewTurn(followed(events, 0, PROMPT)).lack).toBe(lack)
})
