import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Caller } from './caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start()
})
beforeEach(() => caller.emulator.reset())
afterAll(() => caller.emulator.close())

test.each([
  ['running', 'archive', 400, 'cannot be archived: its status is running, only pending or idle'],
  ['rescheduling', 'archive', 400, 'cannot be archived: its status is rescheduling, only pending or idle'],
  ['idle', 'archive', 200, undefined],
  ['running', 'delete', 400, 'Cannot delete session'],
  ['rescheduling', 'delete', 200, undefined],
  ['idle', 'delete', 200, undefined],
  ['terminated', 'delete', 200, undefined],
] as const)('a session that is %s: %s', async (status, act, expected, message) => {
  const id = await caller.newSession()
  caller.emulator.setSessionStatus(id, status)
  const path = `/v1/sessions/${id}`
  const answer = await (act === 'archive' ? caller.call('POST', `${path}/archive`) : caller.call('DELETE', path))
  expect(answer.status).toBe(expected)
  if (message !== undefined)
    expect(answer.body.error).toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining(message),
    })
})

test('sessions made at the same moment were still made one after the other', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => caller.newSession()))
  const { data } = (await caller.call('GET', '/v1/sessions?order=asc&limit=100')).body
  const times: string[] = data.map(({ created_at }: { created_at: string }) => created_at)
  expect(data.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids.toSorted())
  expect(new Set(times).size).toBe(20)
  expect(times).toEqual(times.toSorted())
  expect(times[1]).toBe('2026-11-21T09:00:00.001Z')
})
