import { AnthropicAws } from '@anthropic-ai/aws-sdk'
import { expect, test } from '@jest/globals'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'

interface Scene extends AsyncDisposable {
  readonly emulator: Emulator
  /** Its own credentials. */
  readonly client: AnthropicAws
  /** One that says something else. */
  as(more: ConstructorParameters<typeof AnthropicAws>[0]): AnthropicAws
}

async function open(options: EmulatorOptions = {}): Promise<Scene> {
  const emulator = await startEmulator({ platform: 'aws', ...options })
  const { variables } = emulator
  const own = {
    awsRegion: variables.AWS_REGION ?? '',
    awsAccessKey: variables.AWS_ACCESS_KEY_ID ?? '',
    awsSecretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
    awsSessionToken: variables.AWS_SESSION_TOKEN ?? '',
    workspaceId: variables.ANTHROPIC_AWS_WORKSPACE_ID ?? '',
    baseURL: emulator.url,
    maxRetries: 0,
    logLevel: 'off',
  } as const
  const as: Scene['as'] = (more) => new AnthropicAws({ ...own, ...more })
  return { emulator, client: as({}), as, [Symbol.asyncDispose]: () => emulator.close() }
}

/** What a refusal says: status, AWS's name of it and its message. */
async function refusalOf(promise: Promise<unknown>): Promise<readonly [number, string | null, string]> {
  const { status, headers, error } = await promise.then(
    () => ({ status: 200, headers: new Headers(), error: { message: 'none' } }),
    (refusal) => {
      if (refusal.headers === undefined) throw refusal
      return refusal
    },
  )
  return [status, headers.get('x-amzn-errortype'), error.message ?? error.error.message]
}

const MINUTE = 60_000
const KEY = { awsAccessKey: null, awsSecretAccessKey: null, awsSessionToken: null }

test.concurrent('a signature by another secret, for another region, by a clock that is off', async () => {
  await using scene = await open()
  const { as } = scene
  const list = (more: Parameters<typeof as>[0]) => refusalOf(as(more).files.list())
  const refused = (message: unknown) => [403, 'InvalidSignatureException', message]
  expect(await list({ awsSecretAccessKey: 'x' })).toEqual(refused(expect.stringContaining('does not match')))
  expect(await list({ awsRegion: 'eu-west-1' })).toEqual(refused(expect.stringContaining('valid region')))
  for (const [minutes, message] of [
    [4, 'none'],
    [-4, 'none'],
    [6, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/],
    [-6, /^Signature not yet current: /],
  ] as const) {
    await using late = await open({ now: () => Date.now() + minutes * MINUTE })
    expect((await refusalOf(late.client.files.list()))[2]).toMatch(message)
  }
})

test.concurrent('a path, a query, a header and a body are as they were signed, or the request is refused', async () => {
  await using scene = await open()
  const changing = (change: (url: string, init: RequestInit) => [string, RequestInit]) =>
    scene.as({ fetch: (url, init = {}) => fetch(...change(String(url), init)) })
  const header = (name: string, value: string) => (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set(name, value)
    return [url, { ...init, headers }] as [string, RequestInit]
  }
  const list = (client: AnthropicAws) => refusalOf(client.files.list({ limit: 3 }))
  expect(await list(changing((url, init) => [url, init]))).toEqual([200, null, 'none'])
  for (const change of [
    (url: string, init: RequestInit) => [url.replace('limit=3', 'limit=4'), init] as [string, RequestInit],
    (url: string, init: RequestInit) => [url.replace('/files', '/agents'), init] as [string, RequestInit],
    header('anthropic-version', '2023-06-01'),
    header('anthropic-workspace-id', 'wrkspc_other'),
    header('x-amz-more', 'x'),
  ])
    expect((await list(changing(change))).slice(0, 2)).toEqual([403, 'InvalidSignatureException'])
  const create = (client: AnthropicAws) =>
    refusalOf(client.beta.sessions.create({ agent: 'agent_emulator', environment_id: 'env_emulator' }))
  const other = changing((url, init) => [url, { ...init, body: '{"agent":"agent_emulator"}' }])
  expect((await create(other)).slice(0, 2)).toEqual([400, 'XAmzContentSHA256MismatchException'])
  expect(scene.emulator.snapshot().sessions).toEqual([])
})

test.concurrent('credentials that are not known or over, and none', async () => {
  await using scene = await open()
  const { as, emulator } = scene
  const list = (more: Parameters<typeof as>[0]) => refusalOf(as(more).files.list())
  const unknown = [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.']
  expect(await list({ awsAccessKey: 'ASIAOTHER' })).toEqual(unknown)
  expect(await list({ awsSessionToken: 'other' })).toEqual(unknown)
  expect(await list({ awsSessionToken: null })).toEqual(unknown)
  expect(await list({ ...KEY, apiKey: 'other' })).toEqual([403, 'AccessDeniedException', expect.any(String)])
  expect((await list({ skipAuth: true }))[1]).toBe('MissingAuthenticationTokenException')
  expect(await list({ ...KEY, apiKey: emulator.apiKey })).toEqual([200, null, 'none'])
  const workspace = { 'anthropic-workspace-id': 'wrkspc_emulator', 'anthropic-version': '2023-06-01' }
  const byHeader = (headers: Record<string, string>) => fetch(`${emulator.url}/v1/files`, { headers })
  expect((await byHeader({ ...workspace, 'x-api-key': emulator.apiKey })).status).toBe(200)
  emulator.revokeTokens()
  const over = [403, 'ExpiredTokenException', 'The security token included in the request is expired']
  expect(await list({})).toEqual(over)
  emulator.reset()
  expect(await list({})).toEqual([200, null, 'none'])
  await using short = await open({ tokenLifetimeSeconds: 0 })
  expect(await refusalOf(short.client.files.list())).toEqual(over)
})

test.concurrent('a workspace that is not named or not here, and actions that are not allowed', async () => {
  await using scene = await open({ aws: { region: 'eu-west-1', allow: ['CreateFile', 'ListFiles', 'UpdateSession'] } })
  const { client, as, emulator } = scene
  expect(emulator.variables).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' })
  const nameless = await fetch(`${emulator.url}/v1/files`, { headers: { 'x-api-key': emulator.apiKey } })
  expect([nameless.status, nameless.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException'])
  const elsewhere = as({ workspaceId: 'wrkspc_other' })
  expect(await refusalOf(elsewhere.files.list())).toEqual([404, null, 'Workspace not found'])
  const { id } = await client.files.upload({ file: new File(['x'], 'x.txt') })
  const denied = (action: string) => [
    ...[403, 'AccessDeniedException'],
    expect.stringMatching(
      `is not authorized to perform: aws-external-anthropic:${action} on resource: arn:aws:aws-external-anthropic:eu-west-1:\\d{12}:workspace/wrkspc_emulator because`,
    ),
  ]
  const { sessions } = client.beta
  expect(await refusalOf(client.files.delete(id))).toEqual(denied('DeleteFile'))
  expect(await refusalOf(client.files.download(id))).toEqual(denied('GetFile'))
  expect(await refusalOf(sessions.list())).toEqual(denied('ListSessions'))
  expect(await refusalOf(sessions.archive('sesn_1'))).toEqual(denied('ArchiveSession'))
  expect(await refusalOf(sessions.delete('sesn_1'))).toEqual(denied('DeleteSession'))
  expect(await refusalOf(sessions.resources.list('sesn_1'))).toEqual(denied('GetSession'))
  expect((await refusalOf(sessions.resources.delete('r', { session_id: 'sesn_1' })))[0]).toBe(404)
  const reply = await fetch(`${emulator.url}/v1/files`)
  expect(reply.headers.get('x-amzn-requestid')).toMatch(/^amzn_/)
})
