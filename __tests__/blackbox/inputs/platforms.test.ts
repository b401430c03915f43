import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { CLOUD_INPUTS, type Cloud, openCloud } from '../../harness/cloud.ts'
import { Scene } from '../../harness/scene.ts'

type Texts = Readonly<Record<string, string>>

const AWS_KEYS = { AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) }
const AWS = { ...AWS_KEYS, AWS_REGION: 'us-east-1', ANTHROPIC_AWS_WORKSPACE_ID: 'wrkspc_1' }
const FILE = path.resolve(import.meta.dirname, '../../../package.json')
const GOOGLE = {
  GOOGLE_APPLICATION_CREDENTIALS: FILE,
  GOOGLE_CLOUD_PROJECT: 'proj',
  ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: 'wrkspc_1',
}
const ENV = { aws: AWS, 'google-cloud': GOOGLE } as const

const without = (env: Texts, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))

/** What is wrong, and the line of the error that says so. Nothing is sent. */
const WRONG: readonly (readonly [string, Cloud, Texts, Texts, RegExp])[] = [
  [
    'no workspace',
    'aws',
    {},
    without(AWS, 'ANTHROPIC_AWS_WORKSPACE_ID'),
    /^- anthropic-workspace-id: required with `platform: aws`, here or as ANTHROPIC_AWS_WORKSPACE_ID/m,
  ],
  [
    'a workspace that is empty',
    'aws',
    {},
    { ...AWS, ANTHROPIC_AWS_WORKSPACE_ID: ' ' },
    /^- anthropic-workspace-id: required/m,
  ],
  [
    'the id of something else',
    'aws',
    { 'anthropic-workspace-id': 'agent_1' },
    AWS,
    /^- anthropic-workspace-id: "agent_1" is the id of an agent/m,
  ],
  [
    'no region',
    'aws',
    {},
    without(AWS, 'AWS_REGION'),
    /^- platform: `aws`: the region .* not known; set AWS_REGION, as `aws-actions\/configure-aws-credentials`/m,
  ],
  [
    'a key, but neither region nor address',
    'aws',
    {},
    { ...without(AWS, 'AWS_REGION', ...Object.keys(AWS_KEYS)), ANTHROPIC_AWS_API_KEY: 'sk-ant-of-the-workspace' },
    /^- platform: `aws`: the region .* not known/m,
  ],
  [
    'credentials and an address of one’s own, but no region to sign for',
    'aws',
    { 'base-url': 'https://gateway.acme.io' },
    without(AWS, 'AWS_REGION'),
    /^- platform: `aws`: the region .* not known/m,
  ],
  [
    'a region that is none',
    'aws',
    {},
    { ...AWS, AWS_REGION: 'us-east-1.evil.com/' },
    /^- platform: `aws`: "us-east-1\.evil\.com\/" \(from AWS_REGION\) is not the name of a region/m,
  ],
  [
    'an address in another region',
    'aws',
    { 'base-url': 'https://aws-external-anthropic.eu-west-1.api.aws' },
    AWS,
    /^- base-url: is in the region eu-west-1, and not in "us-east-1" \(from AWS_REGION\)/m,
  ],
  [
    'no credentials',
    'aws',
    {},
    without(AWS, ...Object.keys(AWS_KEYS)),
    /^- platform: `aws`: there are no AWS credentials; run `aws-actions\/configure-aws-credentials` before this step/m,
  ],
  [
    'half of a key',
    'aws',
    {},
    { ...AWS, AWS_SECRET_ACCESS_KEY: '' },
    /^- platform: `aws`: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY/m,
  ],
  [
    'a flawed key',
    'aws',
    {},
    { ...AWS, ANTHROPIC_AWS_API_KEY: '"sk-ant-x"' },
    /^- anthropic-api-key: is in quotes \(from ANTHROPIC_AWS_API_KEY\)/m,
  ],
  [
    'an address of Anthropic',
    'aws',
    { 'base-url': 'https://api.anthropic.com' },
    AWS,
    /^- platform: is `aws`, but .* is an address of `anthropic`; set `platform: anthropic`/m,
  ],
  [
    'no workspace',
    'google-cloud',
    {},
    without(GOOGLE, 'ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID'),
    /^- anthropic-workspace-id: required with `platform: google-cloud`/m,
  ],
  [
    'no project',
    'google-cloud',
    {},
    without(GOOGLE, 'GOOGLE_CLOUD_PROJECT'),
    /^- platform: `google-cloud`: the project .* set GOOGLE_CLOUD_PROJECT, as `google-github-actions\/auth`/m,
  ],
  [
    'no credentials',
    'google-cloud',
    {},
    without(GOOGLE, 'GOOGLE_APPLICATION_CREDENTIALS'),
    /^- platform: `google-cloud`: there are no Google Cloud credentials; run `google-github-actions\/auth` before this step/m,
  ],
  [
    'a file that is gone',
    'google-cloud',
    {},
    { ...GOOGLE, GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' },
    /the file that GOOGLE_APPLICATION_CREDENTIALS names does not exist/,
  ],
  [
    'an address without the workspace',
    'google-cloud',
    { 'base-url': 'https://claude.googleapis.com' },
    GOOGLE,
    /^- base-url: "https:\/\/claude\.googleapis\.com\/" does not name the workspace/m,
  ],
]

test.concurrent.each(WRONG)('%s on %s: the error says what to set', async (_, platform, inputs, env, line) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...CLOUD_INPUTS[platform], files: 'a.txt', ...inputs }, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(line)
  expect(errorOf(main)).toContain('Nothing was sent.')
  expect(main.state).toEqual({})
})

test.concurrent.each([
  ['aws', { 'base-url': 'https://aws-external-anthropic.us-east-1.api.aws' }, {}],
  [
    'google-cloud',
    { 'base-url': 'https://claude.googleapis.com/v1/projects/p/locations/global/workspaces/w/invoke' },
    {},
  ],
  ['aws', { 'base-url': '', 'anthropic-api-key': '' }, { ANTHROPIC_AWS_WORKSPACE_ID: 'wrkspc_1' }],
  ['google-cloud', { 'base-url': '', 'anthropic-api-key': '' }, { ANTHROPIC_GOOGLE_CLOUD_PROJECT: 'p' }],
])('what can only mean %s, without a platform (%j %j): the error names it', async (platform, inputs, env) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', ...inputs }, { env })
  expect(errorOf(main)).toContain(`set \`platform: ${platform}\``)
})

test.concurrent.each(Object.entries(ENV))(
  '%s: what has no effect there is said to have none',
  async (platform, env) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const inputs = { 'anthropic-federation-rule-id': 'fdrl_1', 'anthropic-service-account-id': 'svac_1' }
    const given = {
      ...CLOUD_INPUTS[platform as Cloud],
      ...inputs,
      'anthropic-api-key': 'sk-ant-x',
      'base-url': scene.emulator.url,
    }
    const main = await scene.main({ ...given, files: 'a.txt' }, { env })
    const warnings = annotations(main, 'warning')
    const idle = [...Object.keys(inputs), ...(platform === 'aws' ? [] : ['anthropic-api-key'])]
    expect(warnings).toEqual(idle.map((name) => `${name}: has no effect with \`platform: ${platform}\``))
  },
)

test.concurrent('ANTHROPIC_BASE_URL counts for Anthropic only, and an input before its variable', async () => {
  await using scene = await openCloud('aws')
  const env = { ...scene.env, ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', ANTHROPIC_AWS_WORKSPACE_ID: 'wrkspc_other' }
  const main = await scene.main({ ...scene.given, 'anthropic-workspace-id': 'wrkspc_emulator' }, { env })
  expect([main.exitCode, annotations(main, 'error')]).toEqual([0, []])
})

test.concurrent('a key that reaches several workspaces: the workspace is sent beside it, in post too', async () => {
  await using scene = await Scene.open({ keyNeedsWorkspace: true })
  scene.workspace.write({ 'a.txt': 'a' })
  const inputs = { files: 'a.txt', 'anthropic-workspace-id': 'wrkspc_emulator' }
  const main = await scene.main(inputs)
  expect([main.exitCode, annotations(main, 'error')]).toEqual([0, []])
  const post = await scene.post(main, { 'anthropic-workspace-id': '' })
  expect([post.exitCode, annotations(post, 'warning')]).toEqual([0, []])
  expect(scene.uploads()).toEqual([])
  for (const { headers } of scene.sent()) expect(headers['anthropic-workspace-id']).toBe('wrkspc_emulator')
})

test.concurrent.each([
  ['aws', { ...AWS, AWS_SECRET_ACCESS_KEY: '' }],
  ['google-cloud', { ...GOOGLE, GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' }],
] as const)(
  '%s: `skip` passes where there is no credential, and does not hide one that is broken',
  async (platform, env) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const inputs = { ...CLOUD_INPUTS[platform], files: 'a.txt', 'if-no-credentials': 'skip' }
    const skipped = await scene.main(inputs)
    expect([skipped.exitCode, annotations(skipped, 'notice')]).toEqual([
      0,
      [expect.stringMatching(/^There are no (AWS|Google Cloud) credentials: nothing is mounted/)],
    ])
    const broken = await scene.main(inputs, { env })
    expect([broken.exitCode, errorOf(broken)]).toEqual([
      1,
      expect.stringMatching(/^- platform|: `(aws|google-cloud)`: /),
    ])
  },
)

test.concurrent.each([
  ['aws', {}],
  ['google-cloud', {}],
] as const)('%s, a pull request from a fork, for which the cloud’s action got no token', async (platform, env) => {
  await using scene = await Scene.open()
  const event = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../fixtures/events/pull-request-fork.json'), 'utf8'),
  )
  scene.workspace.write({ 'a.txt': 'a', '.runner/event.json': JSON.stringify(event.event) })
  const around = { ...env, ...event.env, GITHUB_EVENT_PATH: scene.workspace.path('.runner/event.json') }
  const inputs = { ...CLOUD_INPUTS[platform], files: 'a.txt' }
  const refused = await scene.main(inputs, { env: around })
  expect(errorOf(refused)).toMatch(
    /credentials; run `.*GitHub withholds secrets and OIDC tokens .* fork .*`if-no-credentials: skip`/,
  )
  const { main, post } = await scene.job({ ...inputs, 'if-no-credentials': 'skip' }, { env: around })
  expect([main.exitCode, main.stderr, post.exitCode, post.stderr]).toEqual([0, '', 0, ''])
  expect(annotations(main, 'notice')).toEqual([expect.stringMatching(/fork starts: nothing is mounted/)])
  expect(main.outputs['session-id']).toBe('')
})
