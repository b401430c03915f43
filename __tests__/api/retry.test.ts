import { describe, expect, test } from '@jest/globals'
import { ConnectionError } from '../../src/api/connection-error.ts'
import { type ApiError, ReplyError, StatusError } from '../../src/api/errors.ts'
import { retryAfter, retryDelay } from '../../src/api/retry.ts'

const call = { method: 'POST', target: '/v1/sessions' }

type More = { errorCode?: string; retryAfterMs?: number; message?: string; shouldRetry?: boolean }

function status(code: number, more: More = {}): ApiError {
  return new StatusError(call, {
    status: code,
    type: undefined,
    code: more.errorCode,
    message: more.message,
    requestId: undefined,
    isForeign: false,
    retryAfterMs: more.retryAfterMs,
    shouldRetry: more.shouldRetry,
  })
}

const connecting = (code: string) =>
  new ConnectionError(call, code, { phase: 'connecting', atProxy: false }, new Error(code))
const refused = connecting('ECONNREFUSED')
const reset = new ConnectionError(call, 'ECONNRESET', { phase: 'sent', atProxy: false }, new Error('reset'))
const untrusted = connecting('SELF_SIGNED_CERT_IN_CHAIN')
const html = new ReplyError(call, { status: 200, contentType: 'text/html', text: '<html>' }, 'which is not JSON')

describe('which failures are sent again', () => {
  test.each([
    ['refused connection', refused, true, true],
    ['reset connection', reset, true, false],
    ...['ECONNRESET', 'EADDRNOTAVAIL', 'EACCES', 'EPERM', 'ETIMEDOUT', 'ENETDOWN', 'EAI_FAIL', 'EWHATEVER'].map(
      (code) => [`${code} while connecting`, connecting(code), true, true] as const,
    ),
    ['untrusted certificate', untrusted, false, false],
    ['expired certificate', connecting('CERT_HAS_EXPIRED'), false, false],
    ['200 with HTML', html, true, false],
    ['408', status(408), true, false],
    ['409', status(409), true, true],
    ['409 of a taken path', status(409, { message: 'mount_path "/a" is taken' }), false, false],
    ['409 that says no', status(409, { shouldRetry: false }), false, false],
    ['500 that says no', status(500, { shouldRetry: false }), false, false],
    ['400 that says yes', status(400, { shouldRetry: true }), true, true],
    ['500 that says yes', status(500, { shouldRetry: true }), true, false],
    ['429', status(429), true, true],
    ['429 spend limit', status(429, { errorCode: 'enforced_spend_limit_reached' }), false, false],
    ['500', status(500), true, false],
    ['501', status(501), false, false],
    ['503', status(503), true, false],
    ['529', status(529), true, true],
    ['400', status(400), false, false],
    ['401', status(401), false, false],
    ['404', status(404), false, false],
    ['413', status(413), false, false],
  ])('%s', (_, failure, freely, ifNotActed) => {
    expect(retryDelay(failure, 'freely', 1, 5) !== undefined).toBe(freely)
    expect(retryDelay(failure, 'if-not-acted', 1, 5) !== undefined).toBe(ifNotActed)
  })

  test('the last attempt is the last', () => {
    expect(retryDelay(refused, 'freely', 4, 5)).toBeDefined()
    expect(retryDelay(refused, 'freely', 5, 5)).toBeUndefined()
  })
})

describe('how long is waited', () => {
  test('doubling from half a second up to eight, less up to a quarter', () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelay(reset, 'freely', attempt, 5, 0))).toEqual([500, 1000, 2000, 4000])
    expect(retryDelay(reset, 'freely', 1, 5, 0.999)).toBe(375)
  })

  test('as long as the server asks', () => {
    expect(retryDelay(status(429, { retryAfterMs: 17_000 }), 'if-not-acted', 1, 5)).toBe(17_000)
  })

  test('longer than the server asks, each by a time of its own, where it refuses again', () => {
    const delays = (retryAfterMs: number) =>
      [1, 2, 3, 19].map((attempt) => retryDelay(status(429, { retryAfterMs }), 'freely', attempt, 5, 0.5))
    expect(delays(1000)).toEqual([1000, 2000, 2000, 2000])
    expect(delays(10_000)).toEqual([10_000, 11_000, 11_000, 11_000])
    expect(retryDelay(status(429, { retryAfterMs: 1000 }), 'freely', 20, 5)).toBeUndefined()
  })

  const now = Date.parse('2026-11-21T12:00:00Z')
  test.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, undefined],
    [{ 'retry-after': '0' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:30 GMT', date: 'Sat, 21 Nov 2026 11:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: 'yesterday' }, 30_000],
    [{ 'retry-after-ms': '120', 'retry-after': '9' }, 120],
  ])('%j asks for %s ms', (headers, expected) => {
    expect(retryAfter(headers, now)).toBe(expected)
  })
})
