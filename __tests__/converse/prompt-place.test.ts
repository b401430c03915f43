import { expect, test } from '@jest/globals'
import type { SessionEvent } from '../../src/api/session-event.ts'
import { findPromptPlace } from '../../src/converse/prompt-place.ts'

const said = (id: string | undefined, processedAt: string | undefined): SessionEvent => {
  return { kind: 'user-message', text: 'Go.', id, processedAt, threadId: undefined }
}

const PROMPT = {
  kind: 'message',
  text: 'Go.',
  outcomeId: undefined,
  rubric: undefined,
  isQueued: true,
  wasIdle: false,
} as const

test.each<readonly [string, string | undefined, readonly SessionEvent[], object]>([
  ['not listed', 'own', [], { index: 0, isListed: false, isTaken: false, takenIn: undefined }],
  ['waiting', 'own', [said('own', undefined)], { index: 0, isListed: true, isTaken: false, takenIn: undefined }],
  ['taken up first of all', 'own', [said('own', 'now')], { index: 0, isListed: true, isTaken: true, takenIn: 1 }],
  [
    'taken up, and the same again is waiting, of a server that says no ids',
    undefined,
    [said(undefined, 'now'), said(undefined, undefined)],
    { index: 0, isListed: true, isTaken: true, takenIn: 1 },
  ],
  [
    'another prompt of the same text is before it',
    'own',
    [said('other', 'now'), said('own', 'now')],
    { index: 1, isListed: true, isTaken: true, takenIn: 2 },
  ],
])('where the prompt stands among the events: %s', (_, id, events, place) => {
  const placed = events.map((event, index) => ({ event, reading: index + 1 }))
  expect(findPromptPlace({ ...PROMPT, id }, placed)).toMatchObject(place)
})
