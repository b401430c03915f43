import { expect, test } from '@jest/globals'
import { statusDetails } from '../../src/api/status-details.ts'

const read = (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const { type, message, requestId, isForeign } = statusDetails(403, headers, JSON.stringify(body), 0)
  return { type, message, requestId, isForeign }
}

const REFUSED = { type: 'AccessDeniedException', message: 'no', requestId: 'amzn-1', isForeign: true }

test.each([
  ['the type in a header', { message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' }],
  [
    'an address behind it',
    { Message: 'no' },
    { 'x-amzn-errortype': 'AccessDeniedException:http://internal.amazon.com/' },
  ],
  ['the type in the body, with its namespace', { __type: 'com.amazon.coral#AccessDeniedException', message: 'no' }, {}],
])('a refusal of AWS, %s: it names no resource of the API', (_, body, headers) => {
  expect(read(body, { ...headers, 'x-amzn-requestid': 'amzn-1' })).toEqual(REFUSED)
})

test('a refusal of Google Cloud: its status is the type, and it names no resource of the API', () => {
  const body = { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED', details: [{ reason: 'IAM' }] } }
  expect(read(body)).toEqual({ type: 'PERMISSION_DENIED', message: 'no', requestId: undefined, isForeign: true })
})

test('a refusal of the service, behind a gateway: as it is everywhere', () => {
  const body = { type: 'error', error: { type: 'not_found_error', message: 'no' }, request_id: 'req_1' }
  const headers = { 'x-amzn-requestid': 'amzn-1', 'request-id': 'req_1' }
  expect(read(body, headers)).toEqual({ type: 'not_found_error', message: 'no', requestId: 'req_1', isForeign: false })
})

test('a refusal of another server, whose error is a mere text', () => {
  expect(read({ error: 'no such agent' })).toEqual({
    type: undefined,
    message: 'no such agent',
    requestId: undefined,
    isForeign: false,
  })
})
