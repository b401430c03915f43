import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { FEDERATION, type Federation, startEmulator } from '../../emulator/emulator.ts'
import { type GitHubOidc, startGitHubOidc } from '../../emulator/github/github-oidc.ts'

const BETAS = 'oauth-2025-04-20,oidc-federation-2026-04-01'
const NOW = () => Math.floor(Date.now() / 1000)

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** An emulator that trusts a stand-in of its own, and what one says to it. */
async function open(federation: Partial<Federation> = {}) {
  const oidc = await startGitHubOidc()
  const clock = { skewMs: 0 }
  const emulator = await startEmulator({
    federation: { issuer: oidc.issuer, publicKey: oidc.publicKey, ...federation },
    now: () => Date.now() + clock.skewMs,
  })
  const post = async (body: object, betas: string | undefined = BETAS): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', 'anthropic-beta': betas }
    const response = await fetch(`${emulator.url}/v1/oauth/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const read = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await fetch(`${emulator.url}/v1/files`, { headers: { 'anthropic-version': '2023-06-01', ...headers } })).status
  const bearer = ({ body }: Answer, betas = 'oauth-2025-04-20'): Promise<number> =>
    read({ authorization: `Bearer ${body.access_token}`, 'anthropic-beta': betas })
  return {
    ...{ oidc, emulator, clock, post, read, bearer },
    async [Symbol.asyncDispose]() {
      await Promise.all([oidc.close(), emulator.close()])
    },
  }
}

const request = (assertion: string, more: object = {}): object => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  assertion,
  federation_rule_id: FEDERATION.ruleId,
  organization_id: FEDERATION.organizationId,
  service_account_id: FEDERATION.serviceAccountId,
  workspace_id: FEDERATION.workspaceId,
  ...more,
})

const fetchJwt = async (oidc: GitHubOidc, audience: string = FEDERATION.audience): Promise<string> => {
  const headers = { authorization: `Bearer ${oidc.requestToken}` }
  const answer = await fetch(`${oidc.url}&audience=${encodeURIComponent(audience)}`, { headers })
  return ((await answer.json()) as { value: string }).value
}

const AUD = { aud: FEDERATION.audience }
const OPAQUE = { status: 401, body: { error: { type: 'authentication_error', message: 'Authentication failed' } } }

test.concurrent('a JWT of the stand-in is exchanged for a token that works with its beta, and only with it', async () => {
  await using scene = await open()
  const answer = await scene.post(request(await fetchJwt(scene.oidc)))
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'workspace:developer' } })
  expect(answer.body.access_token).toMatch(/^sk-ant-oat01-[\w-]{60,}$/)
  // Twice what is left of five minutes, less than the rule's hour.
  expect(answer.body.expires_in).toBeGreaterThan(590)
  expect(answer.body.expires_in).toBeLessThanOrEqual(600)
  expect(await scene.bearer(answer)).toBe(200)
  expect(await scene.bearer(answer, 'managed-agents-2026-04-01,oauth-2025-04-20')).toBe(200)
  expect(await scene.bearer(answer, 'managed-agents-2026-04-01')).toBe(401)
  expect(await scene.read({ 'x-api-key': String(answer.body.access_token) })).toBe(401)
  expect(scene.emulator.journal()[0]).toMatchObject({
    path: '/v1/oauth/token',
    status: 200,
    body: { assertion: scene.oidc.journal()[0]?.jwt },
  })
})

test.concurrent('an assertion is good once', async () => {
  await using scene = await open()
  const jwt = await fetchJwt(scene.oidc)
  expect(await scene.post(request(jwt))).toMatchObject({ status: 200 })
  expect(await scene.post(request(jwt))).toMatchObject(OPAQUE)
  expect(await scene.post(request(await fetchJwt(scene.oidc)))).toMatchObject({ status: 200 })
})

test.concurrent('tokens end with their life, or when they are revoked', async () => {
  await using scene = await open({ tokenLifetimeSeconds: 60 })
  const first = await scene.post(request(await fetchJwt(scene.oidc)))
  expect(first.body.expires_in).toBe(60)
  scene.clock.skewMs = 30_000
  expect(await scene.bearer(first)).toBe(200)
  scene.clock.skewMs = 90_000
  expect(await scene.bearer(first)).toBe(401)
  const second = await scene.post(request(await fetchJwt(scene.oidc)))
  expect(await scene.bearer(second)).toBe(200)
  await fetch(`${scene.emulator.url}/_emulator/revoke-tokens`, { method: 'POST' })
  expect(await scene.bearer(second)).toBe(401)
  expect(await scene.bearer(await scene.post(request(await fetchJwt(scene.oidc))))).toBe(200)
})

test.concurrent('whatever is wrong with an assertion, the answer is the same', async () => {
  await using scene = await open({ subject: '^repo:octo/app:' })
  const { signToken } = scene.oidc
  const now = NOW()
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const good = await signToken(AUD)
  const [head, , signature] = good.split('.')
  const forged = Buffer.from(JSON.stringify({ ...AUD, sub: 'repo:octo/app:x' })).toString('base64url')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const assertions = {
    'another audience': await signToken(),
    'another issuer': await signToken({ ...AUD, iss: 'https://evil.example' }),
    'another subject': await signToken({ ...AUD, sub: 'repo:mallory/app:ref:refs/heads/main' }),
    'expired for longer than the skew': await signToken({ ...AUD, iat: now - 400, exp: now - 31 }),
    'not yet valid': await signToken({ ...AUD, nbf: now + 250 }),
    'issued in the future': await signToken({ ...AUD, iat: now + 250, nbf: now }),
    'living too long': await signToken({ ...AUD, exp: now + 3700 }),
    'without an id': await signToken({ ...AUD, jti: undefined }),
    'of another key': await signToken(AUD, stranger),
    'with another payload': `${head}.${forged}.${signature}`,
    unsigned: `${none}.${forged}.`,
    'not a JWT': 'hello',
  }
  for (const [what, assertion] of Object.entries(assertions))
    expect([what, await scene.post(request(assertion))]).toMatchObject([what, OPAQUE])
  for (const claims of [{ iat: now - 300, exp: now - 1 }, { nbf: now + 20 }, { aud: ['x', FEDERATION.audience] }])
    expect(await scene.post(request(await signToken({ ...AUD, ...claims })))).toMatchObject({ status: 200 })
  for (const unknown of [
    { federation_rule_id: 'fdrl_x' },
    { service_account_id: 'svac_x' },
    { workspace_id: 'wrkspc_x' },
  ])
    expect(await scene.post(request(await signToken(AUD), unknown))).toMatchObject(OPAQUE)
  const organization = { organization_id: '00000000-0000-4000-8000-000000000000' }
  expect(await scene.post(request(await signToken(AUD), organization))).toMatchObject(OPAQUE)
  expect(await scene.post(request(await signToken(AUD), { workspace_id: 'default' }))).toMatchObject({ status: 200 })
})

test.concurrent('a malformed exchange is a 400 that names the field', async () => {
  await using scene = await open({ serviceAccountId: FEDERATION.serviceAccountId })
  const jwt = await scene.oidc.signToken(AUD)
  const malformed: readonly (readonly [object, string])[] = [
    [{ grant_type: undefined }, 'grant_type'],
    [{ grant_type: 'password' }, 'grant_type'],
    [{ assertion: undefined }, 'assertion'],
    [{ assertion: 'x'.repeat(16 * 1024 + 1) }, 'assertion'],
    [{ federation_rule_id: 'rule' }, 'federation_rule_id'],
    [{ organization_id: 'octo' }, 'organization_id'],
    [{ service_account_id: undefined }, 'service_account_id'],
    [{ workspace_id: 'mine' }, 'workspace_id'],
    [{ scope: 'all' }, 'scope'],
  ]
  for (const [more, field] of malformed)
    expect(await scene.post(request(jwt, more))).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_request_error', message: expect.stringContaining(`${field}: `) } },
    })
  for (const betas of ['oauth-2025-04-20', 'oidc-federation-2026-04-01'])
    expect(await scene.post(request(jwt), betas)).toMatchObject({ status: 400 })
  // None of that has used the assertion up.
  expect(await scene.post(request(jwt), 'oidc-federation-2026-04-01, oauth-2025-04-20')).toMatchObject({ status: 200 })
})

test.concurrent('the key can be changed; keys may be published', async () => {
  await using scene = await open()
  await using other = await open({ publicKey: scene.oidc.jwksUrl })
  expect(await other.post(request(await fetchJwt(scene.oidc)))).toMatchObject({ status: 200 })
  expect(await scene.read({ 'x-api-key': 'sk-ant-emulator' })).toBe(200)
  scene.emulator.setApiKey('sk-ant-new')
  expect(await scene.read({ 'x-api-key': 'sk-ant-emulator' })).toBe(401)
  expect(await scene.read({ authorization: 'Bearer sk-ant-new' })).toBe(200)
  scene.emulator.reset()
  expect(await scene.read({ 'x-api-key': 'sk-ant-emulator' })).toBe(200)
})

test.concurrent('the stand-in: a new JWT each time, for those who may have one; and it can fail', async () => {
  await using scene = await open()
  const { oidc } = scene
  const get = async (headers: Record<string, string>) => (await fetch(`${oidc.url}&audience=x`, { headers })).status
  const authorization = `Bearer ${oidc.requestToken}`
  expect(await fetchJwt(oidc)).not.toBe(await fetchJwt(oidc))
  expect([await get({}), await get({ authorization: 'Bearer x' })]).toEqual([401, 401])
  oidc.setFault({ kind: 'status', status: 503, times: 1 })
  expect([await get({ authorization }), await get({ authorization })]).toEqual([503, 200])
  oidc.setFault({ kind: 'never', times: 1 })
  const caller = new AbortController()
  const given = expect(fetch(oidc.url, { headers: { authorization }, signal: caller.signal })).rejects.toThrow()
  while (oidc.journal().length < 7) await sleep(10)
  caller.abort()
  await given
  expect(oidc.journal().map(({ status }) => status)).toEqual([200, 200, 401, 401, 503, 200, null])
  expect(new Set(oidc.journal().flatMap(({ jti = [] }) => jti)).size).toBe(3)
})
