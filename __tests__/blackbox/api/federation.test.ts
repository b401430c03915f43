import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { assertionOf, FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import type { StepResult } from '../../harness/step.ts'

type Inputs = Readonly<Record<string, string>>

const EXCHANGE = { method: 'POST', path: '^/v1/oauth/token$' }
const RULE_LINE = /^Using workload identity, rule fdrl_emulator at /m

const main = ({ scene, env }: FederatedScene, more: Inputs = {}): Promise<StepResult> =>
  scene.main({ ...FEDERATED_INPUTS, files: '**', ...more }, { env })

const post = ({ scene, env }: FederatedScene, result: StepResult, more: Inputs = {}): Promise<StepResult> =>
  scene.post(result, { ...FEDERATED_INPUTS, ...more }, { env })

/** Files of one letter each. */
function write({ scene }: FederatedScene, howMany: number): void {
  const names = Array.from({ length: howMany }, (_, index) => `f${index}.txt`)
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))
}

test.concurrent('main and post fetch a token of GitHub each, and exchange it for one of their own', async () => {
  await using federated = await FederatedScene.open()
  write(federated, 3)
  const mounted = await main(federated)
  expect(annotations(mounted, 'error')).toEqual([])
  expect(mounted).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'mounted-count': '3' } })
  expect(federated.exchanges()).toHaveLength(1)
  const unmounted = await post(federated, mounted)
  expect(annotations(unmounted, 'warning')).toEqual([])
  expect(federated.scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })

  expect(mounted.stdout.match(RULE_LINE)).toHaveLength(1)
  const given = federated.oidc.journal()
  expect(given).toMatchObject([1, 2].map(() => ({ status: 200, audience: 'https://api.anthropic.com' })))
  expect(new Set(given.map(({ jti }) => jti)).size).toBe(2)
  expect(federated.exchanges().map(assertionOf)).toEqual(given.map(({ jwt }) => jwt))
  for (const { headers, body } of federated.exchanges()) {
    expect(headers).toMatchObject({ 'anthropic-beta': 'oauth-2025-04-20,oidc-federation-2026-04-01' })
    expect(Object.keys(headers)).not.toContain('authorization')
    expect(Object.keys(headers)).not.toContain('x-api-key')
    expect(body).toMatchObject({ service_account_id: 'svac_emulator', workspace_id: 'wrkspc_emulator' })
  }
  for (const { path, headers } of federated.scene.sent()) {
    if (path === '/v1/oauth/token') continue
    expect(headers).not.toHaveProperty('x-api-key')
    expect(headers.authorization).toMatch(/^Bearer sk-ant-oat01-/)
    expect(headers['anthropic-beta']?.split(',')).toContain('oauth-2025-04-20')
  }
})

test.concurrent('without service account and workspace those fields are left out; the audience can be another', async () => {
  await using federated = await FederatedScene.open({ rule: { audience: 'urn:other' } })
  write(federated, 1)
  const less = { 'anthropic-service-account-id': '', 'anthropic-workspace-id': '' }
  const result = await main(federated, { ...less, 'anthropic-oidc-audience': 'urn:other' })
  expect(result.exitCode).toBe(0)
  const [exchange] = federated.exchanges()
  expect(Object.keys(exchange?.body as object).sort()).toEqual(
    ['assertion', 'federation_rule_id', 'grant_type', 'organization_id'].sort(),
  )
  expect(federated.oidc.journal()).toMatchObject([{ audience: 'urn:other' }])
})

/** Tokens that say that they live for a second. That they live longer lets no slow machine be late. */
const SHORT_LIVED = { tokenLifetimeSeconds: 1, tokenGraceSeconds: 3600 } as const

test.concurrent('a run that outlives its tokens renews them before they end, with a new assertion each time', async () => {
  await using federated = await FederatedScene.open({
    rule: SHORT_LIVED,
    emulator: { latencyMs: 300 },
  })
  write(federated, 9)
  const result = await main(federated, { concurrency: '1' })
  expect(result.outputs['mounted-count']).toBe('9')
  expect(federated.exchanges().length).toBeGreaterThanOrEqual(3)
  expect(federated.exchanges().every(({ status }) => status === 200)).toBe(true)
  expect(new Set(federated.exchanges().map(assertionOf)).size).toBe(federated.exchanges().length)
  expect(federated.refused()).toEqual([])
  expect(result.stdout.match(RULE_LINE)).toHaveLength(1)
})

test.concurrent('an upload that takes longer than a token lives does not notice', async () => {
  await using federated = await FederatedScene.open({
    rule: SHORT_LIVED,
    emulator: { bytesPerSecond: 400_000 },
  })
  const big = (letter: string) => letter.repeat(600_000)
  federated.scene.workspace.write({ 'a.txt': big('a'), 'b.txt': big('b'), 'c.txt': big('c') })
  const result = await main(federated, { concurrency: '2' })
  expect(result.outputs['mounted-count']).toBe('3')
  expect(federated.refused()).toEqual([])
  expect(federated.exchanges().length).toBeGreaterThanOrEqual(2)
})

test.concurrent('tokens revoked in mid-run: the calls in flight share one renewal', async () => {
  await using federated = await FederatedScene.open({ emulator: { latencyMs: 100 } })
  const { emulator } = federated.scene
  write(federated, 12)
  const running = main(federated, { concurrency: '4' })
  while (federated.scene.uploads().length < 4) await sleep(5)
  emulator.revokeTokens()
  const result = await running
  expect(annotations(result, 'error')).toEqual([])
  expect(result.outputs['mounted-count']).toBe('12')
  expect(federated.refused().length).toBeGreaterThan(0)
  expect(federated.exchanges().map(({ status }) => status)).toEqual([200, 200])
  expect(federated.scene.uploads()).toHaveLength(12)
})

test.concurrent('a refusal of an old token that comes after it was renewed is no reason to renew again', async () => {
  await using federated = await FederatedScene.open({ emulator: { bytesPerSecond: 200_000 } })
  const { scene } = federated
  // Both uploads are refused: the small one at once, the large one when all of it has arrived.
  scene.emulator.addFault({ kind: 'status', status: 401, match: { method: 'POST', path: '^/v1/files$' }, times: 2 })
  scene.workspace.write({ 'large.txt': 'x'.repeat(1_000_000), 'small.txt': 's' })
  const result = await main(federated, { concurrency: '2' })
  expect(annotations(result, 'error')).toEqual([])
  expect(result.outputs['mounted-count']).toBe('2')
  expect(federated.refused()).toHaveLength(2)
  expect(federated.exchanges()).toHaveLength(2)
})

test.concurrent('tokens that are refused again and again end the run, without a storm', async () => {
  await using federated = await FederatedScene.open()
  const fault: Fault = { kind: 'status', status: 401, match: { path: '^/v1/(files|sessions)' }, times: 99 }
  federated.scene.emulator.addFault(fault)
  write(federated, 1)
  const result = await main(federated)
  expect(errorOf(result)).toMatch(/401 authentication_error.*\n.*workload identity, rule fdrl_emulator was refused/)
  expect(federated.exchanges().length).toBeLessThanOrEqual(2)
})

test.concurrent('an exchange that fails for a moment is repeated, each time with a new assertion', async () => {
  await using federated = await FederatedScene.open()
  const add = (fault: Fault) => federated.scene.emulator.addFault({ match: EXCHANGE, ...fault })
  add({ kind: 'status', status: 500, nth: 1 })
  add({ kind: 'status', status: 429, retryAfter: '1', nth: 2 })
  add({ kind: 'reset-after-commit', nth: 3 })
  write(federated, 1)
  const result = await main(federated)
  expect(result.exitCode).toBe(0)
  expect(federated.exchanges().map(({ status }) => status)).toEqual([500, 429, null, 200])
  expect(new Set(federated.exchanges().map(assertionOf)).size).toBe(4)
  expect(new Set(federated.oidc.journal().map(({ jti }) => jti)).size).toBe(4)
})

test.concurrent.each([
  ['of another audience', { rule: { audience: 'https://other.example' } }, {}],
  ['of a subject that the rule does not take', { rule: { subject: '^repo:octo/app:environment:prod$' } }, {}],
  ['for a rule that is not there', {}, { 'anthropic-federation-rule-id': 'fdrl_gone' }],
  ['for another workspace', {}, { 'anthropic-workspace-id': 'wrkspc_other' }],
])('an assertion %s: told what to check, once', async (_, options, inputs) => {
  await using federated = await FederatedScene.open(options)
  write(federated, 2)
  const result = await main(federated, inputs)
  expect(result).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(result)).toMatch(/workload identity federation: .*refused.*401 authentication_error \(request_id req_/)
  for (const hint of [/console/i, /authentication history/, /rule/, /audience/, /subject/, /\bids?\b/])
    expect(errorOf(result)).toMatch(hint)
  expect(federated.exchanges()).toHaveLength(1)
  expect(federated.scene.sent()).toHaveLength(1)
  const after = await post(federated, result)
  expect([after.exitCode, annotations(after, 'warning')]).toEqual([0, []])
})

test.concurrent('refused without a workspace: told that a rule of several workspaces needs one', async () => {
  await using federated = await FederatedScene.open({ rule: { subject: 'x' } })
  write(federated, 1)
  const result = await main(federated, { 'anthropic-workspace-id': '' })
  expect(errorOf(result)).toContain('`anthropic-workspace-id`')
})

test.concurrent('a malformed id: the error names the input', async () => {
  await using federated = await FederatedScene.open()
  write(federated, 1)
  const result = await main(federated, { 'anthropic-organization-id': 'octo' })
  expect(errorOf(result)).toContain('anthropic-organization-id')
  expect(federated.exchanges().length).toBeLessThanOrEqual(1)
})

test.concurrent.each(['html', 'empty', 'wrong-shape', 'truncated-json'] as const)(
  'an exchange answered with something else (%s) is an error that says so',
  async (kind) => {
    await using federated = await FederatedScene.open()
    federated.scene.emulator.addFault({ kind, match: EXCHANGE, times: 99 })
    write(federated, 1)
    const result = await main(federated)
    expect(result.exitCode).toBe(1)
    expect(errorOf(result)).toMatch(/workload identity federation: .*200.*without.*token/)
    expect(federated.scene.sent().every(({ path }) => path === '/v1/oauth/token')).toBe(true)
    expect(result.stdout).not.toMatch(/sk-ant-oat/)
  },
)

test.concurrent('an exchange that is never answered is an error that says so', async () => {
  await using federated = await FederatedScene.open()
  federated.scene.emulator.addFault({ kind: 'reset-before-read', match: EXCHANGE, times: 99 })
  write(federated, 1)
  const result = await main(federated)
  expect(result).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(result)).toMatch(/workload identity federation: .*the exchange failed: POST \/v1\/oauth\/token: /)
  expect(federated.exchanges().length).toBeGreaterThan(1)
})

test.concurrent('GitHub gives no token: the error says so, and nothing is asked of the service', async () => {
  await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'status', status: 403 } } })
  write(federated, 1)
  const result = await main(federated)
  expect(result).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(result)).toMatch(/GitHub gave no OIDC token: .*audience=https%3A%2F%2Fapi\.anthropic\.com: 403/)
  expect(federated.scene.emulator.journal()).toEqual([])
})

test.concurrent('GitHub gives tokens late, or only at a second try: neither is a failure', async () => {
  await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'slow', delayMs: 400, times: 1 } } })
  write(federated, 1)
  const result = await main(federated)
  expect(result.exitCode).toBe(0)
  federated.oidc.setFault({ kind: 'status', status: 502, times: 2 })
  expect(annotations(await post(federated, result), 'warning')).toEqual([])
  expect(federated.scene.emulator.snapshot().files).toEqual([])
})

test.concurrent.each([403, 500, 503])(
  'GitHub answers %d for a second or two, as it does to a job that it still calls pending: asked again',
  async (status) => {
    await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'status', status, times: 2 } } })
    write(federated, 1)
    const result = await main(federated)
    expect(annotations(result, 'error')).toEqual([])
    expect(result.exitCode).toBe(0)
    expect(federated.oidc.journal().map((entry) => entry.status)).toEqual([status, status, 200])
    expect(federated.exchanges()).toHaveLength(1)
  },
)

test.concurrent('GitHub refuses for good: believed after some attempts', async () => {
  await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'status', status: 403 } } })
  write(federated, 1)
  expect(errorOf(await main(federated))).toMatch(/GitHub gave no OIDC token: .* 403/)
  const { length } = federated.oidc.journal()
  expect(length).toBeGreaterThan(2)
  expect(length).toBeLessThan(10)
})

test.concurrent('a post that may not have a token: one warning with what is left, and no failure', async () => {
  await using federated = await FederatedScene.open()
  write(federated, 1)
  const result = await main(federated)
  federated.oidc.setFault({ kind: 'status', status: 403 })
  const after = await post(federated, result)
  expect(after.exitCode).toBe(0)
  const [upload] = federated.scene.uploads()
  const warnings = annotations(after, 'warning')
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('no OIDC token')
  expect(warnings[0]).toContain(upload?.id)
})
