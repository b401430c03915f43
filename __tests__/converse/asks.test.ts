import { expect, test } from '@jest/globals'
import type { EventContent, SessionEvent } from '../../src/api/session-event.ts'
import { openAsks, withoutOldAsks } from '../../src/converse/asks.ts'

const event = (content: EventContent): SessionEvent => ({
  ...{ id: undefined, processedAt: 'now', threadId: undefined },
  ...content,
})

const ASKS = event({ kind: 'idle', stopReason: 'requires_action', waitsFor: ['one', 'two'], explanation: undefined })

const DONE: EventContent = { kind: 'idle', stopReason: 'end_turn', waitsFor: [], explanation: undefined }

const ROWS: readonly (readonly [string, EventContent, readonly string[]])[] = [
  ['one is allowed', { kind: 'confirmation', useId: 'one' }, ['two']],
  ['one has its result', { kind: 'tool-result', useId: 'two', error: undefined }, ['one']],
  ['an answer does not say to what', { kind: 'confirmation', useId: undefined }, ['one', 'two']],
  ['a message is no answer', { kind: 'user-message', text: 'one' }, ['one', 'two']],
  ['the session goes on', { kind: 'running' }, []],
]

test.each(ROWS)('of two things that the agent asks for, those wait that have no answer: %s', (_, next, open) => {
  expect(openAsks([ASKS, event(next)]).map(({ id }) => id)).toEqual(open)
})

test.each<readonly [string, readonly EventContent[], boolean]>([
  ['nothing has come since', [], true],
  ['a message that waits', [{ kind: 'user-message', text: 'Go on.' }], true],
  ['the session has gone on', [{ kind: 'running' }], false],
  ['the session has gone on and is idle', [{ kind: 'running' }, DONE], false],
  ['one of two answers', [{ kind: 'confirmation', useId: 'one' }], true],
  ['both answers', ['one', 'two'].map((useId) => ({ kind: 'confirmation', useId })), false],
])('a wait for answers counts until the session goes on or has them all: %s', (_, next, counts) => {
  const placed = [ASKS, ...next.map(event)].map((each) => ({ event: each }))
  expect(withoutOldAsks(placed).includes(placed[0] as (typeof placed)[0])).toBe(counts)
})
