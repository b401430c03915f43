import { oidcFederationProvider } from '@anthropic-ai/sdk/lib/credentials/oidc-federation'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Federation, federated } from '../../src/api/credentials/federation.ts'
import { openTransport } from '../../src/api/transport.ts'
import { differingHeaders } from './headers.ts'
import { messageOf } from './message.ts'
import { type RecordedRequest, Recorder } from './recorder.ts'
import type { Reply } from './replies.ts'

const ASSERTION = 'eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl'
const TOKEN = { access_token: 'sk-ant-oat01-x', token_type: 'Bearer', expires_in: 600, scope: 'workspace:developer' }

/** Any: a token is the same for all. */
const CALL = { method: 'GET', target: '/v1/files', headers: {}, body: undefined } as const

/** Not one of the API's own answers, which the type lists. */
const REPLIES = [TOKEN as object as Reply]

const CASES: Readonly<Record<string, Federation>> = {
  'all ids': {
    ruleId: 'fdrl_1',
    organizationId: '0e0e0e0e-1111-4222-8333-444444444444',
    serviceAccountId: 'svac_1',
    workspaceId: 'wrkspc_1',
  },
  'rule and organization alone': {
    ruleId: 'fdrl_1',
    organizationId: '0e0e0e0e-1111-4222-8333-444444444444',
    serviceAccountId: undefined,
    workspaceId: undefined,
  },
}

let recorder: Recorder

beforeAll(async () => {
  recorder = await Recorder.start()
})

afterAll(() => recorder.close())

test.each(Object.entries(CASES))('the exchange is the one that the SDK makes: %s', async (_, federation) => {
  const ours = await recordOurs(federation)
  const { ruleId, ...rest } = federation
  const provider = oidcFederationProvider({
    federationRuleId: ruleId,
    ...rest,
    identityTokenProvider: async () => ASSERTION,
    baseURL: recorder.baseUrl.origin,
    fetch,
  })
  const [sdk] = await recorder.record(REPLIES, () => provider())

  expect(ours?.target).toBe('/v1/oauth/token')
  expect(ours && (await messageOf(ours))).toStrictEqual(sdk && (await messageOf(sdk)))
  // The rest is of the HTTP library, and that we say what we accept.
  expect(differingHeaders(ours?.headers ?? {}, sdk?.headers ?? {})).toEqual(
    ['accept', 'accept-encoding', 'accept-language', 'sec-fetch-mode', 'user-agent'].sort(),
  )
  expect(ours?.headers['anthropic-beta']).toBe('oauth-2025-04-20,oidc-federation-2026-04-01')
  for (const name of ['authorization', 'x-api-key', 'anthropic-version'])
    expect([name, ours?.headers[name]]).toEqual([name, undefined])
})

async function recordOurs(federation: Federation): Promise<RecordedRequest | undefined> {
  const { transport, close } = await openTransport(recorder.baseUrl, 1, {})
  const secrets: string[] = []
  const credential = federated(federation, {
    transport,
    stop: { startNothingNew: new AbortController().signal, abortInFlight: new AbortController().signal },
    log: () => undefined,
    assertion: async () => ASSERTION,
    secret: (token) => secrets.push(token),
  })
  const [request] = await recorder.record(REPLIES, () => credential.sign(CALL))
  expect(secrets).toEqual([TOKEN.access_token])
  expect(await credential.sign(CALL)).toEqual({ authorization: `Bearer ${TOKEN.access_token}` })
  await close()
  return request
}
