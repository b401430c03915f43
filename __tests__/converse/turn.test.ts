import { expect, test } from '@jest/globals'
import type { SessionEvent } from '../../src/api/session-event.ts'
import { toolOf } from '../../src/converse/turn.ts'

test('what waits for an answer is the use of a tool, whatever else has such an id, or none', () => {
  const use = { kind: 'tool-use', id: 'sevt_2', name: 'bash' }
  const events = [{ kind: 'agent-message', id: 'sevt_1' }, { kind: 'tool-use', name: 'other' }, use]
  const of = (id: string | undefined) => toolOf(id, events as unknown as readonly SessionEvent[])
  expect([of('sevt_2'), of('sevt_1'), of('sevt_3'), of(undefined)]).toEqual([use, undefined, undefined, undefined])
})
