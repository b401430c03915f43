import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { CASES } from './cases.ts'

/** Files of `src/api/` that carry calls out and hold no endpoint. Every other file is looked into. */
const WITHOUT_ENDPOINTS = [
  'body.ts',
  'client.ts',
  'connect.ts',
  'connection-error.ts',
  // Decodes what the endpoints of events.ts bring
  'decode-event.ts',
  'decode-reply.ts',
  'dispatcher.ts',
  'errors.ts',
  'gate.ts',
  'http-client.ts',
  'header.ts',
  'id.ts',
  'multipart.ts',
  'no-proxy.ts',
  'page.ts',
  'proxy.ts',
  'request-limits.ts',
  'reply.ts',
  'request.ts',
  'retry.ts',
  'session-event.ts',
  'session-status.ts',
  'status-details.ts',
  'transport.ts',
  'undici.d.ts',
  'unpack.ts',
  'usage.ts',
  // What is said in an event or a session's creation
  'user-event.ts',
]

/** What the other files export beside endpoints. */
const NOT_ENDPOINTS = ['MAX_LISTED_IDS', 'budgetOf', 'goneIf404', 'resource']

// Of the folder credentials, the exchange has a test of its own, against the SDK's provider; the rest are calls of GitHub's.
const files = readdirSync(join(import.meta.dirname, '../../src/api')).filter((name) => name.endsWith('.ts'))
let exported: readonly string[]

beforeAll(async () => {
  const modules = files
    .filter((file) => !WITHOUT_ENDPOINTS.includes(file))
    .map(async (file): Promise<object> => import(`../../src/api/${file}`))
  exported = (await Promise.all(modules)).flatMap((module) => Object.keys(module))
})

test('every endpoint has wire cases, and every wire case is of an endpoint', () => {
  const endpoints = exported.filter((name) => !NOT_ENDPOINTS.includes(name))
  expect(Object.keys(CASES).sort()).toEqual([...endpoints].sort())
  for (const cases of Object.values(CASES)) expect(Object.keys(cases)).not.toEqual([])
})

test('the exceptions exist', () => {
  expect(files).toEqual(expect.arrayContaining(WITHOUT_ENDPOINTS))
  expect(exported).toEqual(expect.arrayContaining(NOT_ENDPOINTS))
})
