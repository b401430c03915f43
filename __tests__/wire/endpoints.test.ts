import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { CASES } from './cases.ts'

/** Files of `src/api/` that carry calls out and hold no endpoint. Every other file is looked into. */
const WITHOUT_ENDPOINTS = [
  'client.ts',
  'connection-kind.ts',
  'dispatcher.ts',
  'errors.ts',
  // Decodes what the endpoints of events.ts bring
  'event.ts',
  // Has a test of its own, against the SDK's provider: the exchange is no call of a client
  'federation.ts',
  'gate.ts',
  // Is a call of GitHub's
  'id-token.ts',
  'multipart.ts',
  'page.ts',
  'pause.ts',
  'request.ts',
  'retry.ts',
  'transport.ts',
  'undici.d.ts',
]

/** What the other files export beside endpoints. */
const NOT_ENDPOINTS = ['MAX_LISTED_IDS', 'acceptAny', 'decodeResource', 'goneIf404']

const files = readdirSync(join(import.meta.dirname, '../../src/api'))
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
