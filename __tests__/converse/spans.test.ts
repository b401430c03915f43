import { expect, test } from '@jest/globals'
import type { EventContent, SessionEvent } from '../../src/api/session-event.ts'
import type { PromptPlace } from '../../src/converse/prompt-place.ts'
import { answeringSpan, spansOf } from '../../src/converse/spans.ts'

const event = (content: EventContent): SessionEvent => ({
  ...{ id: undefined, processedAt: 'now', threadId: undefined },
  ...content,
})
const RUNNING = event({ kind: 'running' })
const IDLE = event({ kind: 'idle', stopReason: 'end_turn', waitsFor: [], explanation: undefined })
const says = (text: string) => event({ kind: 'agent-message', text })

/** Three turns, each of which a reading of its own brings; in the second one the agent does nothing. */
const SPANS = spansOf([
  ...[RUNNING, says('one'), IDLE].map((each) => ({ event: each, reading: 1 })),
  ...[RUNNING, IDLE].map((each) => ({ event: each, reading: 2 })),
  ...[RUNNING, says('three'), IDLE].map((each) => ({ event: each, reading: 3 })),
])

const PLACE: PromptPlace = { index: 0, isListed: true, isTaken: true, isAlone: false, takenIn: undefined }

test.each<readonly [string, Partial<PromptPlace>, number]>([
  ['alone: the first in which the agent does something', { isAlone: true }, 0],
  ['among others, and it is not known when it was taken up: the last', {}, 2],
  ['taken up before the first idle', { takenIn: 0 }, 0],
  ['taken up before an idle of a turn without work: what the agent did last', { takenIn: 1 }, 0],
  ['taken up before the last idle', { takenIn: 2 }, 2],
  ['taken up since: the last', { takenIn: 3 }, 2],
])('the span that answers a prompt, %s', (_, place, index) => {
  expect(answeringSpan(SPANS, { ...PLACE, ...place })).toBe(SPANS[index])
})

test('an idle belongs to the span before it, and what comes behind it without a start too', () => {
  expect(SPANS.map(({ events, idles }) => [events.length, idles.length])).toEqual([
    [3, 1],
    [2, 1],
    [3, 1],
  ])
  const late = spansOf([RUNNING, IDLE, says('late'), RUNNING].map((each) => ({ event: each, reading: 1 })))
  expect(late.map(({ events }) => events.length)).toEqual([3, 1])
})
