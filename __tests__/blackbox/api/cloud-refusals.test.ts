import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Cloud, openCloud } from '../../harness/cloud.ts'

type Texts = Readonly<Record<string, string>>

const MINUTES = 60_000
const CONFIGURE = /`aws-actions\/configure-aws-credentials`/

/** Variables that are wrong on AWS, and what is said of that: what happened, and what to set where. */
const WRONG_ON_AWS: readonly (readonly [string, Texts, readonly RegExp[]])[] = [
  [
    'a secret key of another access key',
    { AWS_SECRET_ACCESS_KEY: 'b'.repeat(40) },
    [/403 InvalidSignatureException/, /AWS_SECRET_ACCESS_KEY belongs to AWS_ACCESS_KEY_ID/],
  ],
  [
    'a region that is not the workspace’s',
    { AWS_REGION: 'eu-west-1' },
    [/InvalidSignatureException/, /region .*eu-west-1 \(AWS_REGION, `aws-region`/, CONFIGURE],
  ],
  [
    'an access key that nobody has',
    { AWS_ACCESS_KEY_ID: 'ASIANOBODY' },
    [/UnrecognizedClientException/, /does not know these credentials/, CONFIGURE],
  ],
  ['a session token that was lost', { AWS_SESSION_TOKEN: '' }, [/UnrecognizedClientException/, /AWS_SESSION_TOKEN/]],
  [
    'another workspace’s id',
    { ANTHROPIC_AWS_WORKSPACE_ID: 'wrkspc_other' },
    [
      /Workspace not found/,
      /`anthropic-workspace-id` among them, and that the workspace is in us-east-1 \(AWS_REGION\)/,
    ],
  ],
]

test.concurrent.each(WRONG_ON_AWS)('AWS, %s: the error says what to set', async (_, env, said) => {
  await using scene = await openCloud('aws')
  const main = await scene.main(scene.given, { env: { ...scene.env, ...env } })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  for (const each of said) expect(errorOf(main)).toMatch(each)
  expect(scene.uploads()).toEqual([])
})

test.concurrent.each([
  ['behind', 6, 'Signature expired'],
  ['ahead', -6, 'Signature not yet current'],
])('AWS, a clock that is %s by six minutes: it is the clock that the error names', async (_, minutes, message) => {
  await using scene = await openCloud('aws', { now: () => Date.now() + minutes * MINUTES })
  const main = await scene.main(scene.given, { env: scene.env })
  expect(errorOf(main)).toContain(message)
  expect(errorOf(main)).toContain("runner's clock is off")
  expect(errorOf(main)).not.toMatch(/AWS_SECRET_ACCESS_KEY/)
})

/** By what may not be done: what may, and the inputs of a run that does it. */
const LACKING: Readonly<Record<string, readonly [readonly string[], Texts]>> = {
  CreateFile: [['ListSessions'], {}],
  CreateSession: [['CreateFile'], {}],
  ListSessions: [['CreateFile'], { 'session-name': 'nightly' }],
}

test.concurrent.each(Object.entries(LACKING))(
  'AWS, without %s: the action is named',
  async (action, [allow, inputs]) => {
    await using scene = await openCloud('aws', { aws: { allow: [...allow, 'DeleteFile', 'ListFiles'] } })
    const main = await scene.main({ ...scene.given, ...inputs }, { env: scene.env })
    expect(errorOf(main)).toMatch(/403 AccessDeniedException/)
    expect(errorOf(main)).toContain(`Allow \`aws-external-anthropic:${action}\` on the workspace`)
    expect(errorOf(main)).not.toContain('CallWithBearerToken')
  },
)

test.concurrent.each([
  ['GetSession', { 'session-id': 'sesn_01x' }],
  ['CreateFile', {}],
] as const)('AWS with a key, without %s: the right to call with a key is named, too', async (action, inputs) => {
  await using scene = await openCloud('aws', { aws: { allow: [] } })
  const key = { 'anthropic-api-key': scene.emulator.apiKey }
  const main = await scene.main({ ...scene.given, ...key, ...inputs }, { env: scene.env })
  expect(errorOf(main)).toContain(`\`aws-external-anthropic:${action}\``)
  expect(errorOf(main)).toContain('`aws-external-anthropic:CallWithBearerToken` on `*`')
})

test.concurrent('AWS, a key that is not the workspace’s', async () => {
  await using scene = await openCloud('aws')
  const main = await scene.main({ ...scene.given, 'anthropic-api-key': 'sk-ant-other' }, { env: scene.env })
  expect(errorOf(main)).toMatch(/Please make sure your API Key is valid/)
})

const refusal = (message: string): Fault => {
  return { kind: 'status', status: 403, match: { path: '^/v1/files' }, times: 99, message }
}

test.concurrent('AWS, an account without outbound federation: the command that turns it on', async () => {
  const message = 'Outbound web identity federation is disabled for your account'
  await using scene = await openCloud('aws', { faults: [refusal(message)] })
  const main = await scene.main(scene.given, { env: scene.env })
  expect(errorOf(main)).toContain(message)
  expect(errorOf(main)).toContain('`aws iam enable-outbound-web-identity-federation`')
})

test.concurrent('AWS, a role’s hour is over in post: what is left, how long it lives, and what to raise', async () => {
  await using scene = await openCloud('aws')
  const main = await scene.main(scene.given, { env: scene.env })
  expect(main.exitCode).toBe(0)
  scene.emulator.revokeTokens()
  const post = await scene.post(main, scene.given, { env: scene.env })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  for (const { id } of scene.uploads()) expect(warning).toContain(id)
  expect(warning).toMatch(/AWS credentials have expired/)
  expect(warning).toContain('`role-duration-seconds`')
  expect(warning).toContain('Uploads also expire by themselves (`expires-in`); the rest stays until it is removed.')
  expect(warning).toContain(
    '--aws-sigv4 aws:amz:us-east-1:aws-external-anthropic -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
  )
  expect(warning).toContain('-H "anthropic-workspace-id: wrkspc_emulator"')
})

test.concurrent('AWS, a role’s hour is over while main waits for the agent: the wait ends with that', async () => {
  await using scene = await openCloud('aws', { agentScript: 'silent' })
  const waiting = scene.main({ ...scene.given, prompt: 'Read it.', wait: 'true', 'wait-timeout': '1h' })
  while (scene.sent().filter(({ path }) => path.includes('/events')).length < 2)
    await new Promise((resolve) => setTimeout(resolve, 20))
  scene.emulator.revokeTokens()
  const main = await waiting
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toContain('The AWS credentials have expired')
})

const GONE: readonly (readonly [Cloud, Texts, RegExp])[] = [
  [
    'aws',
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' },
    /in the post step, there are no AWS credentials/,
  ],
  ['google-cloud', { GOOGLE_APPLICATION_CREDENTIALS: '' }, /in the post step, there are no Google Cloud credentials/],
  [
    'google-cloud',
    { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/gha-creds-1.json' },
    /the file that GOOGLE_APPLICATION_CREDENTIALS names does not exist/,
  ],
]

test.concurrent.each(GONE)('%s, credentials that are gone in post (%j)', async (platform, env, why) => {
  await using scene = await openCloud(platform)
  const main = await scene.main(scene.given, { env: scene.env })
  const post = await scene.post(main, scene.given, { env: { ...scene.env, ...env } })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const warning = annotations(post, 'warning').join('\n')
  expect(warning).toMatch(why)
  for (const { id } of scene.uploads()) expect(warning).toContain(id)
})

test.concurrent('Google Cloud, a role that only reads: the role that it takes is named', async () => {
  await using scene = await openCloud('google-cloud', { googleCloud: { role: 'viewer' } })
  const main = await scene.main(scene.given, { env: scene.env })
  expect(errorOf(main)).toMatch(/403 PERMISSION_DENIED/)
  expect(errorOf(main)).toContain('`roles/claude.user` on the project')
})

test.concurrent('Google Cloud, an API that is not enabled', async () => {
  const message = 'Claude API has not been used in project 1 before or it is disabled.'
  await using scene = await openCloud('google-cloud', { faults: [refusal(message)] })
  const main = await scene.main(scene.given, { env: scene.env })
  expect(errorOf(main)).toContain(message)
  expect(errorOf(main)).toContain('Enable `claude.googleapis.com`')
})

test.concurrent.each([
  ['aws', 'agent-id', 'agent_01other', '`anthropic-workspace-id` among them, and that the workspace is in us-east-1'],
  ['aws', 'session-id', 'sesn_01other', '`anthropic-workspace-id` among them, and that the workspace is in us-east-1'],
  ['google-cloud', 'agent-id', 'agent_01other', 'the project (GOOGLE_CLOUD_PROJECT), the location'],
  ['google-cloud', 'session-id', 'sesn_01other', 'the project (GOOGLE_CLOUD_PROJECT), the location'],
] as const)('%s, %s of nothing: what to check', async (platform, input, id, what) => {
  await using scene = await openCloud(platform)
  const main = await scene.main({ ...scene.given, [input]: id }, { env: scene.env })
  expect(errorOf(main)).toMatch(/404 NOT_FOUND|404 not_found_error/)
  expect(errorOf(main)).toContain('Check the ids')
  expect(errorOf(main)).toContain(what)
})

test.concurrent('Google Cloud, tokens that are revoked in mid-run: another is asked for', async () => {
  await using scene = await openCloud('google-cloud')
  const main = await scene.main(scene.given, { env: scene.env })
  const running = scene.post(main, scene.given, { env: scene.env })
  scene.emulator.revokeTokens()
  const post = await running
  expect([post.exitCode, annotations(post, 'warning')]).toEqual([0, []])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('Google Cloud, a token endpoint that refuses: Google’s reason, and the step that it comes from', async () => {
  await using scene = await openCloud('google-cloud')
  const file = JSON.parse(JSON.stringify(scene.emulator.credentialsFile))
  scene.workspace.write({ 'creds.json': JSON.stringify({ ...file, audience: '//iam.googleapis.com/other' }) })
  const env = { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: scene.workspace.path('creds.json') }
  const main = await scene.main(scene.given, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/Google Cloud gave no access token: .*invalid_/)
  expect(errorOf(main)).toMatch(/`google-github-actions\/auth` before this step/)
})

test.concurrent('a console that is another one: no link leads to the wrong place', async () => {
  for (const platform of ['aws', 'google-cloud'] as const) {
    await using scene = await openCloud(platform)
    const main = await scene.main(scene.given, { env: scene.env })
    expect([main.exitCode, main.outputs['session-url']]).toEqual([0, ''])
  }
})
