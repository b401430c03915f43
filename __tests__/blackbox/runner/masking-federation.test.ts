import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import type { OidcFault } from '../../../emulator/github/github-oidc.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import type { StepResult } from '../../harness/step.ts'
import { leaks, masked, tracesOf } from '../../harness/trace.ts'

interface Run {
  readonly fault?: Fault
  readonly oidc?: OidcFault
  readonly inputs?: Readonly<Record<string, string>>
}

const EXCHANGE = { path: '^/v1/oauth/token$' }

/** Every way that a federated run can end. */
const RUNS: Readonly<Record<string, Run>> = {
  'that goes well': {},
  'with the exchange refused': { fault: { kind: 'status', status: 401, match: EXCHANGE } },
  'with an exchange that is malformed': { inputs: { 'anthropic-organization-id': 'octo' } },
  'with a page for an access token': { fault: { kind: 'html', match: EXCHANGE } },
  'with half an access token': { fault: { kind: 'truncated-json', match: EXCHANGE } },
  'with an exchange cut in its reply': { fault: { kind: 'reset-mid-reply', match: EXCHANGE } },
  'without a token of GitHub': { oidc: { kind: 'status', status: 403 } },
  'with the access token refused': { fault: { kind: 'status', status: 401, match: { path: 'files' }, times: 9 } },
  'with a create refused': { fault: { kind: 'status', status: 400, match: { path: 'sessions$' } } },
}

const masksOf = ({ masks }: StepResult) => masks.map((mask) => mask.replaceAll('%25', '%'))

/** What was given out in the scene, by what it is. */
function secretsOf({ oidc, scene }: FederatedScene): Readonly<Record<string, string>> {
  const jwts = oidc
    .journal()
    .flatMap(({ jwt = [] }, i) => [[`JWT ${i}`, jwt] as const].filter(([, jwt]) => jwt.length > 0))
  const tokens = new Set(scene.sent().flatMap(({ headers: { authorization = [] } }) => authorization))
  return Object.fromEntries([
    ...jwts,
    ...[...tokens].map((token, i) => [`access token ${i}`, String(token).replace('Bearer ', '')] as const),
    ['request token', oidc.requestToken] as const,
  ]) as Readonly<Record<string, string>>
}

test.concurrent.each(Object.entries(RUNS))('nothing shows up of any token in a run %s', async (_, run) => {
  await using federated = await FederatedScene.open(run.oidc === undefined ? {} : { oidc: { fault: run.oidc } })
  const { scene, oidc } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  if (run.fault !== undefined) scene.emulator.addFault(run.fault)
  const env = { ...federated.env, RUNNER_DEBUG: '1' }
  const inputs = { ...FEDERATED_INPUTS, files: 'a.txt', ...run.inputs }
  const { main, post } = await scene.job(inputs, { env })
  expect(main.stdout).toMatch(/::debug::/)
  const secrets = secretsOf(federated)
  for (const step of [main, post]) expect(leaks(tracesOf(step), secrets)).toEqual([])
  const known = [...masksOf(main), ...masksOf(post)]
  for (const [name, secret] of Object.entries(secrets))
    if (name !== 'request token') expect([name, known.includes(secret)]).toEqual([name, true])
  if (run.oidc === undefined) expect(oidc.journal().length).toBeGreaterThan(0)
})

test.concurrent('a service that sends the assertion back in its refusal is not quoted', async () => {
  await using federated = await FederatedScene.open()
  const { scene, oidc } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const fixed = 'eyJhbGciOiJSUzI1NiJ9.eyJlY2hvIjoiYzRuNHJ5LTAxMjM0NTY3ODkifQ.c2lnbmF0dXJlLWM0bjRyeQ'
  scene.emulator.addFault({ kind: 'status', status: 400, match: EXCHANGE, message: `bad assertion ${fixed}` })
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env: federated.env })
  expect(main.exitCode).toBe(1)
  expect(leaks(tracesOf(main), { echo: fixed })).toEqual([])
  expect(oidc.journal()).toHaveLength(1)
})

test.concurrent('a service that sends the access token back: its mask covers it', async () => {
  await using federated = await FederatedScene.open()
  const { scene } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env: federated.env })
  const { 'access token 0': token = '' } = secretsOf(federated)
  expect(token).toMatch(/^sk-ant-oat01-/)
  for (const form of [token, Buffer.from(token).toString('base64'), encodeURIComponent(token)])
    expect(masked(`echo ${form}`, masksOf(main))).toBe('echo ***')
})
