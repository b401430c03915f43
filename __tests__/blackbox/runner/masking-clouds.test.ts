import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { startGitHubOidc } from '../../../emulator/github/github-oidc.ts'
import { credentialsFile, PROVIDER } from '../../../emulator/platforms/google-tokens.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Cloud, type CloudScene, CREDENTIALS_FILE, openCloud } from '../../harness/cloud.ts'
import { mountedPaths } from '../../harness/scene.ts'
import { leaks, tracesOf } from '../../harness/trace.ts'

const AWS_KEY = ['sk-ant', 'api03-c4n4ryOfTheWorkspace0123456789'].join('-')

/** Every way that a run in a cloud can end. */
const RUNS: Readonly<Record<string, { readonly inputs?: object; readonly fault?: Fault['status'] }>> = {
  'that goes well': {},
  'with a dry run': { inputs: { 'dry-run': 'true' } },
  'with refused inputs': { inputs: { 'anthropic-workspace-id': 'agent_1', concurrency: '0' } },
  'that is refused': { fault: 401 },
  'that is forbidden': { fault: 403 },
}
const EVERY = (['aws', 'google-cloud'] as const).flatMap((platform) =>
  Object.entries(RUNS).map(([what, run]) => ({ platform, what, ...run })),
)

/** What nobody may see: what the cloud's action set, and what was exchanged for it. */
function secretsOf(scene: CloudScene): Readonly<Record<string, string>> {
  const { env, emulator } = scene
  const file = JSON.stringify(emulator.credentialsFile ?? '')
  const tokens = scene.sent().map(({ headers }) => headers.authorization ?? '')
  const secrets = {
    'access key': env.AWS_ACCESS_KEY_ID,
    'secret key': env.AWS_SECRET_ACCESS_KEY,
    'session token': env.AWS_SESSION_TOKEN,
    'subject token': /"Bearer ([^"]+)"/.exec(file)?.[1],
    'access token': tokens.map((token) => /^Bearer (ya29.*)$/.exec(token)?.[1]).find((token) => token !== undefined),
  }
  return Object.fromEntries(Object.entries(secrets).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

test.concurrent.each(EVERY)('$platform: nothing shows up of any secret in a run $what', async (run) => {
  await using scene = await openCloud(run.platform)
  if (run.fault !== undefined) scene.emulator.addFault({ kind: 'status', status: run.fault, times: 99 })
  const env = { ...scene.env, RUNNER_DEBUG: '1', ANTHROPIC_AWS_API_KEY: '' }
  const { main, post } = await scene.job({ ...scene.given, ...run.inputs }, { env })
  const secrets = secretsOf(scene)
  expect(Object.keys(secrets).length).toBeGreaterThan(0)
  for (const step of [main, post]) {
    expect(leaks(tracesOf(step), secrets)).toEqual([])
    for (const secret of Object.values(secrets).filter((each) => !each.startsWith('ya29')))
      expect(step.masks).toContain(secret)
  }
})

test.concurrent('a key of a workspace on AWS, from its variable: masked, sent, and nowhere to be seen', async () => {
  await using scene = await openCloud('aws', { apiKey: AWS_KEY })
  const env = { ...scene.env, ANTHROPIC_AWS_API_KEY: AWS_KEY, RUNNER_DEBUG: '1' }
  const { main, post } = await scene.job(scene.given, { env })
  expect([main.exitCode, post.exitCode, annotations(post, 'warning')]).toEqual([0, 0, []])
  expect(scene.sent().every(({ headers }) => headers.authorization === `Bearer ${AWS_KEY}`)).toBe(true)
  for (const step of [main, post]) {
    expect(step.masks).toContain(AWS_KEY)
    expect(leaks(tracesOf(step), { key: AWS_KEY })).toEqual([])
  }
})

test.concurrent('what is secret in a credentials file of Google’s is masked, also of an account that acts for another', async () => {
  await using scene = await openCloud('google-cloud')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const secrets = { client_secret: 'c4n4ry-client-0123456789', refresh_token: '1//c4n4ry-refresh-0123456789' }
  const source = { type: 'authorized_user', client_id: 'public', ...secrets, private_key: pem }
  const file = {
    type: 'impersonated_service_account',
    source_credentials: source,
    token_uri: 'http://127.0.0.1:1/token',
  }
  scene.workspace.write({ 'creds.json': JSON.stringify(file) })
  const env = { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: scene.workspace.path('creds.json') }
  const main = await scene.main({ ...scene.given, 'dry-run': 'true', 'session-name': '' }, { env })
  for (const secret of [...Object.values(secrets), pem.split('\n')[1] ?? '']) expect(main.masks).toContain(secret)
  expect(main.masks).not.toContain('public')
})

test.concurrent.each([false, true])(
  'tokens of Google that are got on the way are hidden, whoever sends them back; by way of a service account: %s',
  async (byAccount) => {
    const oidc = await startGitHubOidc()
    await using scene = await openCloud('google-cloud', { federation: oidc })
    const source = {
      url: `${oidc.url}&audience=${encodeURIComponent(`https://iam.googleapis.com/${PROVIDER}`)}`,
      headers: { Authorization: `Bearer ${oidc.requestToken}` },
    }
    const file = credentialsFile(scene.emulator.url, source, byAccount)
    scene.workspace.write({ [CREDENTIALS_FILE]: JSON.stringify(file) })
    scene.emulator.addFault({ kind: 'slow', delayMs: 1500, match: { method: 'POST', path: 'files$' } })
    const tokens = () => [...oidc.journal().flatMap(({ jwt }) => jwt ?? []), ...scene.emulator.issuedTokens()]
    const onStart = async (child: ChildProcess) => {
      while (!scene.requests().includes('POST /v1/files') && child.exitCode === null) await sleep(20)
      const message = tokens().join(' and ')
      scene.emulator.addFault({ kind: 'status', status: 400, message, match: { path: 'sessions$' } })
    }
    const main = await scene.main(scene.given, { env: { ...scene.env, RUNNER_DEBUG: '1' }, onStart })
    await oidc.close()
    const secrets = Object.fromEntries(tokens().map((token, index) => [`token ${index}`, token]))
    expect(Object.keys(secrets)).toHaveLength(byAccount ? 3 : 2)
    expect(errorOf(main)).toContain('400 invalid_request_error: *** and ***')
    expect(leaks(tracesOf(main), secrets)).toEqual([])
    for (const token of Object.values(secrets)) expect(main.masks).toContain(token)
  },
)

const base64 = (text: string) => Buffer.from(text).toString('base64')

test.concurrent.each<[Cloud, string]>([
  ['aws', 'AWS_SECRET_ACCESS_KEY'],
  ['aws', 'AWS_SESSION_TOKEN'],
  ['aws', 'ANTHROPIC_AWS_API_KEY'],
  ['google-cloud', 'subject token'],
])('%s, a file that holds %s in any form is not mounted', async (platform, name) => {
  await using scene = await openCloud(platform, { apiKey: 'k3y-of-the-workspace/0123456789+abc' })
  const env: Readonly<Record<string, string>> = { ...scene.env, ANTHROPIC_AWS_API_KEY: scene.emulator.apiKey }
  const secret = env[name] ?? secretsOf(scene)[name] ?? ''
  const forms = {
    plain: secret,
    base64: base64(secret),
    inside: base64(`{"token":"${secret}"}`),
    url: encodeURIComponent(secret),
  }
  for (const [form, text] of Object.entries(forms)) scene.workspace.write({ [`${form}.txt`]: `some ${text} text` })
  const main = await scene.main({ ...scene.given, files: '**' }, { env })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['/a.txt'])
  const named = await scene.main({ ...scene.given, files: 'plain.txt' }, { env })
  expect(errorOf(named)).toContain('"plain.txt"')
})
