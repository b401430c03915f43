import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AnthropicAws } from '@anthropic-ai/aws-sdk'
import { getAuthHeaders } from '@anthropic-ai/aws-sdk/core/auth.mjs'
import { AnthropicGoogleCloud } from '@anthropic-ai/google-cloud-sdk'
import type { Anthropic } from '@anthropic-ai/sdk'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Credential } from '../../src/api/client.ts'
import { aws, awsKey } from '../../src/api/credentials/aws.ts'
import { googleCloud } from '../../src/api/credentials/google-cloud.ts'
import { readAccess } from '../../src/inputs/access.ts'
import { InputReader } from '../../src/inputs/reader.ts'
import { CASES } from './cases.ts'
import { differingHeaders, expectedDifferences } from './headers.ts'
import { messageOf } from './message.ts'
import { NEVER, ourClient } from './our-client.ts'
import { type RecordedRequest, Recorder } from './recorder.ts'
import type { WireCase } from './wire-case.ts'

const WORKSPACE = 'wrkspc_01wire'
const REGION = 'eu-west-1'
const KEY = 'sk-ant-api03-wire'
const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAWIRE',
  AWS_SECRET_ACCESS_KEY: 'wire/secret+key',
  AWS_SESSION_TOKEN: 'wire-session-token==',
}
const AWS = { workspaceId: WORKSPACE, region: REGION }
const GOOGLE_PATH = `/v1/projects/example.com:proj/locations/global/workspaces/${WORKSPACE}/invoke`
const TOKEN = 'ya29.wire'

/** Clients ask for the time, and sign it. */
const NOW = new Date('2026-11-27T12:00:00Z')

const EVERY_CALL = Object.entries(CASES).flatMap(([endpoint, cases]) =>
  Object.entries(cases).map(([what, wireCase]): [string, WireCase] => [`${endpoint}: ${what}`, wireCase]),
)

let recorder: Recorder
let google: Server
let folder: string
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  recorder = await Recorder.start()
  folder = mkdtempSync(path.join(tmpdir(), 'session-mount-wire-'))
  google = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600, value: 'eyJ.o.x' }))
  })
  await once(google.listen(0, '127.0.0.1'), 'listening')
  const file = path.join(folder, 'gha-creds-0123456789abcdef.json')
  writeFileSync(file, JSON.stringify(externalAccount(`http://127.0.0.1:${(google.address() as AddressInfo).port}`)))
  process.env.GOOGLE_APPLICATION_CREDENTIALS = file
  process.env.GOOGLE_CLOUD_PROJECT = 'example.com:proj'
})

afterAll(async () => {
  for (const close of closing) await close()
  await recorder.close()
  google.closeAllConnections()
  google.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As `google-github-actions/auth` writes it. */
function externalAccount(server: string): object {
  return {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/github',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${server}/v1/token`,
    credential_source: {
      url: `${server}/oidc`,
      headers: { Authorization: 'Bearer runner' },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
  }
}

/** Records what our client and the official one send, on one platform. */
async function opened(credential: (baseUrl: URL) => Credential, sdkAt: (baseUrl: string) => Anthropic, prefix = '') {
  const baseUrl = new URL(prefix, recorder.baseUrl)
  const { client, close } = await ourClient(baseUrl, credential(baseUrl))
  closing.push(close)
  const sdk = sdkAt(baseUrl.href.replace(/\/$/, ''))
  return async ({ replies, ...call }: WireCase) => ({
    ours: await recorder.record(replies, () => call.ours(client)),
    theirs: await recorder.record(replies, () => call.sdk(sdk)),
  })
}

type Record = Awaited<ReturnType<typeof opened>>

/** Same method, path, query, body, and headers, but for those that differ anyway. */
async function expectSame(
  { ours, theirs }: Awaited<ReturnType<Record>>,
  { replies }: WireCase,
  alsoSame: readonly string[],
  alsoDiffering: readonly string[] = [],
): Promise<void> {
  expect(ours).toHaveLength(replies.length)
  expect(await Promise.all(ours.map(messageOf))).toStrictEqual(await Promise.all(theirs.map(messageOf)))
  expect(ours.map((request, index) => differingHeaders(request.headers, theirs[index]?.headers ?? {}))).toEqual(
    theirs.map((request) =>
      [...expectedDifferences(request), ...alsoDiffering].filter((name) => !alsoSame.includes(name)).sort(),
    ),
  )
}

describe('AWS, with a key of the workspace', () => {
  let record: Record
  beforeAll(async () => {
    record = await opened(
      () => awsKey(KEY, WORKSPACE),
      (baseURL) => new AnthropicAws({ apiKey: KEY, workspaceId: WORKSPACE, baseURL, maxRetries: 0 }) as never,
    )
  })

  test.each(EVERY_CALL)('%s is what the official client sends', async (_, wireCase) => {
    const recorded = await record(wireCase)
    await expectSame(recorded, wireCase, ['authorization', 'x-api-key'])
    for (const { headers } of recorded.ours) {
      expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'anthropic-workspace-id': WORKSPACE })
    }
  })
})

describe('AWS, signed', () => {
  let record: Record
  beforeAll(async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: TIMERS })
    const parts = { env: KEYS, stop: NEVER, secret: () => {} }
    record = await opened(
      (baseUrl) => aws(AWS, baseUrl, parts),
      (baseURL) =>
        new AnthropicAws({
          awsAccessKey: KEYS.AWS_ACCESS_KEY_ID,
          awsSecretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY,
          awsSessionToken: KEYS.AWS_SESSION_TOKEN,
          ...{ awsRegion: REGION, workspaceId: WORKSPACE, baseURL, maxRetries: 0 },
        }) as never,
    )
  })
  afterAll(() => void jest.useRealTimers())

  test.each(EVERY_CALL)('%s is what the official client sends', async (_, wireCase) => {
    const recorded = await record(wireCase)
    await expectSame(recorded, wireCase, ['x-api-key'])
    const { ours, theirs } = recorded
    expect(ours.map(signedNames)).toEqual(
      theirs.map((request) => signedNames(request).filter((name) => !name.startsWith('x-stainless-'))),
    )
    for (const request of ours) expect(request.headers.authorization).toBe(await officialSignature(request))
  })
})

/** What signs and what is signed needs no other clock than that of the date. */
const TIMERS = [
  ...(['nextTick', 'performance', 'queueMicrotask', 'hrtime'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
]

function signedNames({ headers }: RecordedRequest): readonly string[] {
  return /SignedHeaders=([^,]*)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
}

/** What the code of the official client makes of our request, at the same time. */
async function officialSignature(request: RecordedRequest): Promise<string | undefined> {
  const names = signedNames(request).filter((name) => !name.startsWith('x-amz-') && name !== 'host')
  const { headers } = request
  const isJson = headers['content-type'] === 'application/json'
  const body = request.body.length === 0 ? null : isJson ? request.body.toString() : new FormData()
  const signed = await getAuthHeaders(
    {
      method: request.method,
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
      body,
    } as never,
    {
      url: new URL(request.target, recorder.baseUrl).href,
      serviceName: 'aws-external-anthropic',
      regionName: REGION,
      awsAccessKey: KEYS.AWS_ACCESS_KEY_ID,
      awsSecretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY,
      awsSessionToken: KEYS.AWS_SESSION_TOKEN,
    } as never,
  )
  return signed.authorization
}

describe('Google Cloud', () => {
  let record: Record
  const secrets: string[] = []
  beforeAll(async () => {
    record = await opened(
      () => googleCloud({ env: {}, stop: NEVER, secret: (value) => secrets.push(value) }),
      (baseURL) => new AnthropicGoogleCloud({ baseURL, maxRetries: 0 }) as never,
      GOOGLE_PATH,
    )
  })

  test.each(EVERY_CALL)('%s is what the official client sends', async (_, wireCase) => {
    const recorded = await record(wireCase)
    await expectSame(recorded, wireCase, ['authorization', 'x-api-key'])
    for (const { headers, target } of recorded.ours) {
      expect(headers.authorization).toBe(`Bearer ${TOKEN}`)
      expect(target).toMatch(new RegExp(`^${GOOGLE_PATH}/v1/`))
    }
    // Those of the runner, from which it is exchanged, are hidden as well.
    expect(secrets).toEqual(['runner', 'eyJ.o.x', TOKEN])
  })
})

describe('addresses are those of the official clients', () => {
  const address = (platform: string, env: { readonly [name: string]: string }) => {
    const inputs: { readonly [name: string]: string } = { platform, 'if-no-credentials': 'error' }
    return readAccess(new InputReader((name) => inputs[name] ?? ''), env, { kind: 'none' }).baseUrl.href
  }

  test.each(['us-east-1', 'ap-southeast-2'])('AWS, %s', (awsRegion) => {
    const { baseURL } = new AnthropicAws({ awsRegion, workspaceId: WORKSPACE, apiKey: KEY })
    expect(address('aws', { ...KEYS, AWS_REGION: awsRegion, ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE })).toBe(
      `${baseURL}/`,
    )
  })

  test.each([
    ['proj', undefined],
    ['example.com:proj', 'us-east5'],
  ])('Google Cloud, %s', (project, location) => {
    const { baseURL } = new AnthropicGoogleCloud({ project, workspaceId: WORKSPACE, ...(location && { location }) })
    const env = {
      GOOGLE_APPLICATION_CREDENTIALS: process.env.GOOGLE_APPLICATION_CREDENTIALS ?? '',
      GOOGLE_CLOUD_PROJECT: project,
      ANTHROPIC_GOOGLE_CLOUD_LOCATION: location ?? '',
      ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: WORKSPACE,
    }
    expect(address('google-cloud', env)).toBe(baseURL)
  })
})
