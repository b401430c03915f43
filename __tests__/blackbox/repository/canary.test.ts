import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import type { GitHubOptions } from '../../../emulator/github/github.ts'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import type { StepResult } from '../../harness/step.ts'

const CANARY = 'ghs_c4n4ryAbCdEf0123456789AbCdEf01234567'
const DEBUG = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' }
const INPUTS = { repository: 'octo-org/app', files: 'a.txt', 'github-token': CANARY }

/** Everything that a step leaves for others to read; the runner swallows what registers a mask. */
function everythingOf(result: StepResult): string {
  const manifest = result.outputs['manifest-path'] ?? ''
  const { stdout, stderr, outputs, state, summary } = result
  const file = manifest === '' ? '' : readFileSync(manifest, 'utf8')
  return [stdout, stderr, JSON.stringify([outputs, state]), summary, file].join('\n')
}

const service = (kind: Fault['kind'], path: string, more: Partial<Fault> = {}): Fault => ({
  kind,
  match: { method: 'POST', path },
  times: 99,
  ...more,
})

interface Run {
  readonly exitCode?: 0
  readonly github?: GitHubOptions
  readonly fault?: Fault
  readonly inputs?: Readonly<Record<string, string>>
  readonly event?: string
}

const RUNS: Readonly<Record<string, Run>> = {
  'that goes well': { exitCode: 0 },
  'that goes well with a dry run': { exitCode: 0, inputs: { 'dry-run': 'true' } },
  'with bad inputs': { inputs: { ref: 'a b', checkout: 'x' } },
  'of a fork in a workflow with secrets': { event: 'pull-request-target-fork' },
  'with the token refused by GitHub': { github: { tokens: [] } },
  'that may not see the repository': { inputs: { repository: 'octo-org/secret' }, github: { publicTokens: [CANARY] } },
  'without single sign-on': { inputs: { repository: 'guarded/app' } },
  'of a commit that is not there': { inputs: { ref: sha('0bad0bad') } },
  'with GitHub over its limit': { exitCode: 0, github: { status: 'rate-limited' } },
  'with GitHub failing': { exitCode: 0, github: { status: 'failing' } },
  'with GitHub down': { exitCode: 0, github: { status: 'down' } },
  'with an upload refused': { fault: service('status', 'files', { status: 400 }) },
  'with the create refused': { fault: service('status', 'sessions$', { status: 400 }) },
  'with the create refused by a proxy': { fault: service('html', 'sessions$') },
  'with a create that is cut': { fault: service('reset-before-read', 'sessions$') },
  'with a broken reply': { exitCode: 0, fault: service('truncated-json', 'sessions$') },
  'with a reply of another shape': { exitCode: 0, fault: service('wrong-shape', 'sessions$') },
  'with a reply that is lost': { exitCode: 0, fault: service('reset-after-commit', 'sessions$') },
}

test.concurrent.each(Object.entries(RUNS))('the token shows up nowhere in a run %s', async (_, run) => {
  const tokens = run.github?.publicTokens === undefined ? [CANARY] : []
  await using on = await GitHubScene.open({ tokens, ...run.github })
  if (run.fault !== undefined) on.scene.emulator.addFault(run.fault)
  const inputs = { ...INPUTS, ...run.inputs }
  const env = { ...on.env(run.event ?? 'push'), ...DEBUG }
  const main = await on.scene.main(inputs, { env })
  const post = await on.scene.post(main, inputs, { env })
  expect(main.exitCode).toBe(run.exitCode ?? 1)
  for (const step of [main, post]) {
    expect(step.masks).toContain(CANARY)
    expect(everythingOf(step)).not.toContain(CANARY)
  }
})

const EXISTING = { 'agent-id': '', 'environment-id': '' }

test.concurrent.each([
  ['well', undefined],
  ['wrong', service('status', '/resources/sesrsc', { status: 400 })],
  ['wrong, without an answer', service('reset-after-commit', '/resources/sesrsc')],
])('nor where it is renewed, and that goes %s', async (_, fault) => {
  await using on = await GitHubScene.open({ tokens: [CANARY] })
  const url = 'https://github.com/octo-org/app'
  const checkout = { type: 'commit', sha: sha('c0de0100') }
  const id = await on.earlier([{ type: 'github_repository', url, checkout, authorization_token: CANARY }])
  if (fault !== undefined) on.scene.emulator.addFault({ ...fault, times: fault.kind === 'status' ? 99 : 1 })
  const inputs = { ...INPUTS, ...EXISTING, 'session-id': id }
  const env = { ...on.env('push'), ...DEBUG }
  const main = await on.scene.main(inputs, { env })
  const post = await on.scene.post(main, inputs, { env })
  expect(main.exitCode).toBe(fault?.kind === 'status' ? 1 : 0)
  for (const step of [main, post]) expect(everythingOf(step)).not.toContain(CANARY)
})

test.concurrent('it goes to GitHub, and to the service in the one body that needs it', async () => {
  await using on = await GitHubScene.open({ tokens: [CANARY] })
  await on.main(INPUTS)
  const [create, ...others] = on.scene.sent().filter((entry) => JSON.stringify(entry).includes(CANARY))
  expect(others).toEqual([])
  expect(create).toMatchObject({ method: 'POST', path: '/v1/sessions' })
  expect(JSON.stringify(create).split(CANARY)).toHaveLength(2)
  expect(on.created()[0]).toMatchObject({ authorization_token: CANARY })
})

test.concurrent('it is masked, also where nothing comes of the run', async () => {
  await using on = await GitHubScene.open({ tokens: [] })
  const main = await on.main(INPUTS)
  expect(main.exitCode).toBe(1)
  expect(main.masks).toContain(CANARY)
})
