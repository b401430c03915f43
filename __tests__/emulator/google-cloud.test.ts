import { expect, test } from '@jest/globals'
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'

async function open(options: EmulatorOptions = {}) {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const emulator = await startEmulator({ platform: 'google-cloud', now, ...options })
  const ask = async (url: string, authorization?: string, method = 'GET') => {
    const headers = { 'anthropic-version': '2023-06-01', ...(authorization === undefined ? {} : { authorization }) }
    const response = await fetch(url, { method, headers })
    return { status: response.status, body: await response.json() }
  }
  return { emulator, clock, ask, [Symbol.asyncDispose]: () => emulator.close() }
}

const refused = (code: number, status: string, message: unknown = expect.any(String)) => ({
  status: code,
  body: { error: { code, status, message } },
})

test.concurrent('only with a token that lives', async () => {
  await using scene = await open({ tokenLifetimeSeconds: 60 })
  const { emulator, ask, clock } = scene
  const files = `${emulator.baseUrl}/v1/files`
  const { authorization = '' } = emulator.accessHeaders()
  expect(await ask(files, authorization)).toMatchObject({ status: 200 })
  const invalid = refused(401, 'UNAUTHENTICATED', expect.stringMatching(/^Request had invalid authentication/))
  expect(await ask(files)).toEqual(refused(401, 'UNAUTHENTICATED', expect.stringMatching(/^Request is missing/)))
  expect(await ask(files, 'Bearer ya29.other')).toEqual(invalid)
  expect(await ask(files, `Bearer ${emulator.apiKey}`)).toEqual(invalid)
  clock.aheadMs = 61_000
  expect(await ask(files, authorization)).toEqual(invalid)
  const { authorization: second = '' } = emulator.accessHeaders()
  expect(await ask(files, second)).toMatchObject({ status: 200 })
  emulator.revokeTokens()
  expect(await ask(files, second)).toEqual(invalid)
})

test.concurrent('only below the path of the workspace; of another one nobody is told anything', async () => {
  await using scene = await open({ googleCloud: { project: 'acme-1', location: 'europe-west1' } })
  const { emulator, ask } = scene
  expect(emulator.variables).toEqual({
    GOOGLE_CLOUD_PROJECT: 'acme-1',
    ANTHROPIC_GOOGLE_CLOUD_BASE_URL: `${emulator.url}/v1/projects/acme-1/locations/europe-west1/workspaces/wrkspc_emulator/invoke`,
    ANTHROPIC_GOOGLE_CLOUD_LOCATION: 'europe-west1',
    ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: 'wrkspc_emulator',
  })
  const { authorization = '' } = emulator.accessHeaders()
  for (const [good, bad] of [
    ['acme-1', 'other'],
    ['europe-west1', 'global'],
    ['wrkspc_emulator', 'wrkspc_other'],
  ] as const)
    expect(await ask(`${emulator.baseUrl.replace(good, bad)}/v1/files`, authorization)).toEqual(
      refused(403, 'PERMISSION_DENIED', expect.stringContaining(bad)),
    )
  expect(await ask(`${emulator.url}/v1/files`, authorization)).toEqual(refused(404, 'NOT_FOUND'))
  expect(await ask(`${emulator.baseUrl}/v1/nothing`, authorization)).toEqual(refused(404, 'NOT_FOUND'))
  expect(await ask(`${emulator.baseUrl}/v1/files`, authorization)).toMatchObject({ status: 200 })
  expect(emulator.journal().at(-1)?.path).toBe('/v1/files')
})

test.concurrent('who may only read is told which permission is missing', async () => {
  await using scene = await open({ googleCloud: { role: 'viewer' } })
  const { emulator, ask } = scene
  const { authorization = '' } = emulator.accessHeaders()
  expect(await ask(`${emulator.baseUrl}/v1/files`, authorization)).toMatchObject({ status: 200 })
  for (const [method, path, permission] of [
    ['DELETE', 'files/file_1', 'claude.files.delete'],
    ['POST', 'memory_stores', 'claude.memoryStores.create'],
    ['POST', 'sessions/sesn_1/events', 'claude.sessions.update'],
  ] as const)
    expect(await ask(`${emulator.baseUrl}/v1/${path}`, authorization, method)).toEqual(
      refused(403, 'PERMISSION_DENIED', expect.stringMatching(`^Permission '${permission}' denied on resource '//`)),
    )
})

test.concurrent('tokens: only for subjects that are trusted, and in exchanges that are well formed', async () => {
  await using scene = await open()
  const { url } = scene.emulator
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: (scene.emulator.credentialsFile as { audience: string }).audience,
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    subject_token: 'nobody',
  }
  const exchange = async (more: object) => {
    const body = new URLSearchParams({ ...form, ...more })
    const response = await fetch(`${url}/_tokens/token`, { method: 'POST', body })
    return [response.status, ((await response.json()) as { error?: string }).error]
  }
  expect(await exchange({})).toEqual([400, 'invalid_grant'])
  expect(await exchange({ audience: '//iam.googleapis.com/other' })).toEqual([400, 'invalid_request'])
  const post = async (path: string) => (await fetch(`${url}/_tokens/${path}`, { method: 'POST' })).status
  const account = 'serviceAccounts/emulator@emulator-project.iam.gserviceaccount.com:generateAccessToken'
  expect([await post('subject'), await post(account), await post('other')]).toEqual([401, 401, 404])
})
