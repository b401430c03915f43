import { expect, test } from '@jest/globals'
import { sessionEvent } from '../../src/api/decode-event.ts'
import { read } from '../../src/text/json.ts'

const decoded = (event: object) => read(sessionEvent, event)

test('a session that was deleted is told apart from what is not known yet', () => {
  expect(decoded({ type: 'session.deleted' })).toMatchObject({ kind: 'deleted' })
  expect(decoded({ type: 'session.of_tomorrow' })).toMatchObject({ kind: 'other' })
})

test.each([
  ['a reason', undefined, []],
  ['a reason that it waits for somebody', { type: 'end_turn', event_ids: ['sevt_1'] }, []],
  ['what it waits for', { type: 'requires_action' }, []],
])('the idle of a thread without %s waits for nothing', (_, stop_reason, waitsFor) => {
  const event = { type: 'session.thread_status_idle', agent_name: 'Reviewer', stop_reason }
  expect(decoded(event)).toMatchObject({ kind: 'thread-idle', agent: 'Reviewer', waitsFor })
})

test('the idle of a thread names what it waits for', () => {
  const stop_reason = { type: 'requires_action', event_ids: ['sevt_1'] }
  expect(decoded({ type: 'session.thread_status_idle', stop_reason })).toMatchObject({
    kind: 'thread-idle',
    agent: 'another agent',
    waitsFor: ['sevt_1'],
  })
})
