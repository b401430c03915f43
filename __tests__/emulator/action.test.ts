import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { SEED_AGENT, SEED_ENVIRONMENT } from '../../emulator/emulator.ts'
import { annotations } from '../harness/annotation.ts'
import { runStep, type StepResult } from '../harness/step.ts'
import { Workspace } from '../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

let workspace: Workspace
let started: StepResult | undefined

beforeEach(() => {
  workspace = new Workspace()
  started = undefined
})
afterEach(async () => {
  // A test that has failed leaves its emulator running.
  if (started !== undefined) await end(started).catch(() => {})
  workspace[Symbol.dispose]()
})

async function start(inputs: Inputs = {}): Promise<StepResult> {
  started = await runStep('emulator', { inputs, cwd: workspace.root })
  return started
}

const end = ({ state }: StepResult, inputs: Inputs = {}): Promise<StepResult> =>
  runStep('emulator', { inputs, state, cwd: workspace.root })

/** What steps after the emulator's are given. */
const surroundings = ({ exported }: StepResult) => ({
  'anthropic-api-key': exported.ANTHROPIC_API_KEY ?? '',
  'agent-id': SEED_AGENT,
  'environment-id': SEED_ENVIRONMENT,
})

async function mount(emulator: StepResult, inputs: Inputs = {}): Promise<StepResult> {
  workspace.write({ 'a.txt': 'a' })
  const given = { ...surroundings(emulator), files: 'a.txt', ...inputs }
  return runStep('mount', { inputs: given, env: emulator.exported, cwd: workspace.root })
}

/** It answers its own end before it is over. */
async function ends(main: StepResult): Promise<void> {
  while (await alive(main)) await setTimeout(50)
}

const alive = ({ outputs }: StepResult): Promise<boolean> =>
  fetch(`${outputs.url}/_emulator/snapshot`).then(
    ({ ok }) => ok,
    () => false,
  )

test('it outlives its step, later steps find it, and post tells what it was asked and ends it', async () => {
  const main = await start()
  expect([main.exitCode, main.stderr]).toEqual([0, ''])
  expect(main.exported).toEqual({
    ANTHROPIC_BASE_URL: main.outputs.url,
    ANTHROPIC_API_KEY: expect.stringMatching(/^sk-ant-emulator-\w{20,}$/),
  })
  expect(main.masks).toEqual([main.exported.ANTHROPIC_API_KEY])
  expect(main.outputs).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    'api-key': main.exported.ANTHROPIC_API_KEY,
    'agent-id': SEED_AGENT,
    'environment-id': SEED_ENVIRONMENT,
    'vault-id': 'vlt_emulator',
  })

  const mounted = await mount(main, { prompt: 'Look.', wait: 'true' })
  expect([mounted.exitCode, mounted.outputs.reply]).toEqual([
    0,
    expect.stringMatching(/^I was told: [\s\S]*\nLook\.\nMounted: \/mnt\/session\/uploads\/a\.txt$/),
  ])

  const post = await end(main)
  expect(post.exitCode).toBe(0)
  expect(post.stdout).toMatch(/^ +1 × POST \/v1\/files: 200$/m)
  expect(post.stdout).toMatch(/^ +1 × POST \/v1\/sessions: 200$/m)
  expect(post.stdout).toMatch(/^ +1 × GET \/v1\/sessions\/\{sesn\}\/events: 200$/m)
  expect(post.stdout).toContain(`session ${mounted.outputs['session-id']}`)
  await ends(main)
})

test('on AWS it exports what the action of AWS exports, and masks what is secret of it', async () => {
  const main = await start({ platform: 'aws' })
  expect(Object.keys(main.exported).sort()).toEqual([
    'ANTHROPIC_AWS_BASE_URL',
    'ANTHROPIC_AWS_WORKSPACE_ID',
    'AWS_ACCESS_KEY_ID',
    'AWS_DEFAULT_REGION',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ])
  const { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = main.exported
  expect(main.masks).toEqual([main.outputs['api-key'], secret, token])
  const reply = await fetch(`${main.outputs.url}/v1/files`)
  expect(reply.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  expect(await mount(main, { platform: 'aws' })).toMatchObject({ exitCode: 0, outputs: { 'mounted-count': '1' } })
})

test('on Google Cloud it leaves the credentials file in the workspace until its end', async () => {
  const main = await start({ platform: 'google-cloud' })
  const { GOOGLE_APPLICATION_CREDENTIALS: file = '', ANTHROPIC_GOOGLE_CLOUD_BASE_URL: url = '' } = main.exported
  expect(dirname(file)).toBe(workspace.root)
  expect(basename(file)).toMatch(/^gha-creds-[0-9a-f]{16}\.json$/)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    type: 'external_account',
    token_url: `${main.outputs.url}/_tokens/token`,
  })
  expect((await fetch(`${url}/v1/files`)).status).toBe(401)
  expect(await mount(main, { platform: 'google-cloud' })).toMatchObject({
    exitCode: 0,
    outputs: { 'mounted-count': '1' },
  })
  await end(main)
  expect(existsSync(file)).toBe(false)
})

describe('what is left', () => {
  test('fails post where that is asked for, as it was when it started', async () => {
    const main = await start({ 'fail-if-left': 'true' })
    const mounted = await mount(main)
    const post = await end(main)
    expect(post.exitCode).toBe(1)
    const [error] = annotations(post, 'error')
    expect(error).toContain(`session ${mounted.outputs['session-id']}`)
    expect(error).toMatch(/upload file_\w+ \(a\.[\w-]+\.txt\)/)
    await ends(main)
  })

  test('does not when nothing is', async () => {
    const main = await start({ 'fail-if-left': 'true' })
    const given = { ...surroundings(main), files: 'a.txt', 'session-cleanup': 'delete' }
    const mounted = await mount(main, given)
    await runStep('post', { inputs: given, env: main.exported, state: mounted.state, cwd: workspace.root })
    const post = await end(main)
    expect([post.exitCode, post.stdout]).toEqual([0, expect.stringContaining('Nothing is left on the emulator')])
  })

  test('cannot be told once the emulator is gone', async () => {
    const main = await start({ 'fail-if-left': 'true' })
    await end(main)
    const post = await end(main)
    expect([post.exitCode, annotations(post, 'error').join()]).toEqual([
      1,
      expect.stringContaining('The emulator does not answer'),
    ])
  })
})

const SCRIPT = '[{"act": "message", "text": "By the book"}, {"act": "idle"}]'

describe('inputs', () => {
  test.each([
    ['as text', SCRIPT],
    ['as a file', 'agent.json'],
  ])('a script %s', async (_, script) => {
    workspace.write({ 'agent.json': SCRIPT })
    const main = await start({ 'agent-script': script })
    const mounted = await mount(main, { prompt: 'Look.', wait: 'true' })
    expect(mounted.outputs.reply).toBe('By the book')
  })

  test('faults strike in their order, and post tells of them', async () => {
    const refusal = { kind: 'status', status: 403, match: { method: 'POST', path: '^/v1/sessions$' } }
    const main = await start({ faults: JSON.stringify([refusal]), 'api-key': 'sk-mine' })
    expect(main.exported.ANTHROPIC_API_KEY).toBe('sk-mine')
    expect((await mount(main)).exitCode).toBe(1)
    expect((await end(main)).stdout).toMatch(/^ +1 × POST \/v1\/sessions: 403 \(fault: status\)$/m)
  })

  test('a silent agent, on a server that deviates', async () => {
    const main = await start({ agent: 'silent', deviations: 'noUpdatedAt\n\naddAnswers201' })
    const mounted = await mount(main, { prompt: 'Look.', wait: 'true', 'wait-timeout': '1s' })
    expect(mounted.exitCode).toBe(1)
    const session = await fetch(`${main.outputs.url}/v1/sessions/${mounted.outputs['session-id']}`, {
      headers: {
        'x-api-key': main.exported.ANTHROPIC_API_KEY ?? '',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'managed-agents-2026-04-01',
      },
    })
    expect(await session.json()).not.toHaveProperty('updated_at')
  })

  test.each<[string, Inputs, string]>([
    ['no such agent', { agent: 'loud' }, 'agent: must be echo or silent, not "loud"'],
    ['a script with an unknown act', { 'agent-script': '[{"act": "shout"}]' }, 'agent-script: acts.0.act'],
    ['a script that is not JSON', { 'agent-script': '[{' }, 'agent-script: '],
    ['a script in a file that is not there', { 'agent-script': 'none.json' }, 'agent-script: "none.json"'],
    ['a script for a silent agent', { agent: 'silent', 'agent-script': SCRIPT }, 'agent-script: has no effect'],
    ['an unknown fault', { faults: '{"kind": "rain"}' }, 'faults: kind: '],
    ['an unknown deviation', { deviations: 'rude' }, 'deviations: "rude" is none of'],
    ['no such platform', { platform: 'azure' }, 'platform: must be anthropic or aws or google-cloud, not "azure"'],
    ['neither true nor false', { 'fail-if-left': 'perhaps' }, 'fail-if-left: must be true or false'],
  ])('%s is refused, and post has nothing to do', async (_, inputs, message) => {
    const main = await start(inputs)
    expect([main.exitCode, annotations(main, 'error').join()]).toEqual([1, expect.stringContaining(message)])
    expect(main.exported).toEqual({})
    const post = await end(main)
    expect([post.exitCode, annotations(post, 'error')]).toEqual([0, []])
  })
})
