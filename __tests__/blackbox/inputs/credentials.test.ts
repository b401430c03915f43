import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { FEDERATION } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

type Env = Readonly<Record<string, string>>

const NO_KEY = { 'anthropic-api-key': '', files: 'a.txt' }
const RULE = { ...FEDERATED_INPUTS, files: 'a.txt' }
const SKIP = { 'if-no-credentials': 'skip' }
const KEY_CANARY = 'sk-ant-api03-hunter2hunter2hunter2'

/** A scene with one file, and the surroundings of the event, as the runner describes them. */
async function openScene(event?: string): Promise<Scene & { readonly env: Env }> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  return Object.assign(scene, { env: event === undefined ? {} : eventEnv(scene, event) })
}

function eventEnv({ workspace }: Scene, name: string): Env {
  const file = path.resolve(import.meta.dirname, `../../fixtures/events/${name}.json`)
  const { env, event } = JSON.parse(readFileSync(file, 'utf8')) as { readonly env: Env; readonly event: object }
  workspace.write({ '.runner/event.json': JSON.stringify(event) })
  return { ...env, GITHUB_EVENT_PATH: workspace.path('.runner/event.json') }
}

const WITHHELD = [
  ['a pull request from a fork', 'pull-request-fork', /fork/],
  ['a pull request from a fork that is gone', 'pull-request-fork-deleted', /fork/],
  ['Dependabot', 'pull-request-dependabot', /Dependabot/],
] as const

const WAYS = [
  ['a key', NO_KEY],
  ['a rule', RULE],
] as const

const EVERY_WAY = WITHHELD.flatMap(([who, event, word]) =>
  WAYS.map(([way, inputs]) => ({ who, event, word, way, inputs })),
)

test.concurrent.each(EVERY_WAY)('$who, in a workflow with $way: told that GitHub withholds it there', async (each) => {
  await using scene = await openScene(each.event)
  const { main, post } = await scene.job(each.inputs, { env: scene.env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/withh[oe]ld/)
  expect(errorOf(main)).toMatch(each.word)
  expect(errorOf(main)).toMatch(/secrets and OIDC/)
  expect(errorOf(main)).toContain('`if-no-credentials: skip`')
  expect([post.exitCode, annotations(post, 'warning')]).toEqual([0, []])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each(EVERY_WAY)(
  '$who, in a workflow with $way and `skip`: green, a notice, nothing sent',
  async (each) => {
    await using scene = await openScene(each.event)
    const { main, post } = await scene.job({ ...each.inputs, ...SKIP }, { env: scene.env })
    expect([main.exitCode, main.stderr, post.exitCode, post.stderr]).toEqual([0, '', 0, ''])
    expect(annotations(main, 'error')).toEqual([])
    expect(annotations(main, 'warning')).toEqual([])
    expect(annotations(main, 'notice')).toEqual([expect.stringMatching(each.word)])
    expect(annotations(main, 'notice').join()).toMatch(/nothing is mounted/)
    expect([annotations(post, 'warning'), annotations(post, 'error')]).toEqual([[], []])
    expect(main.outputs).toMatchObject({
      'session-id': '',
      'session-url': '',
      'session-created': 'false',
      'resource-ids': '[]',
      'file-ids': '[]',
      resources: '[]',
      'mounted-count': '0',
      'total-bytes': '0',
      'manifest-path': '',
    })
    expect(scene.emulator.journal()).toEqual([])
  },
)

test.concurrent('every output of action.yml is set when the step is skipped', async () => {
  await using scene = await openScene()
  const ordinary = await scene.main({ files: 'a.txt' })
  const skipped = await scene.main({ ...NO_KEY, ...SKIP })
  expect(skipped.exitCode).toBe(0)
  expect(Object.keys(skipped.outputs).sort()).toEqual(Object.keys(ordinary.outputs).sort())
})

test.concurrent('no credential at all: the error names every way to give one', async () => {
  await using scene = await openScene('push')
  const main = await scene.main(NO_KEY, { env: scene.env })
  expect(main.exitCode).toBe(1)
  for (const input of ['anthropic-api-key', 'anthropic-federation-rule-id', 'anthropic-organization-id'])
    expect(errorOf(main)).toContain(input)
  expect(errorOf(main)).not.toMatch(/fork|Dependabot/)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('pull_request_target of a fork has secrets: a missing key is not put down to the fork', async () => {
  await using scene = await openScene('pull-request-target-fork')
  const main = await scene.main(NO_KEY, { env: scene.env })
  expect(errorOf(main)).not.toMatch(/withh[oe]ld/)
})

test.concurrent('`skip` does not hide a rule that lacks its permission, nor a wrong key', async () => {
  await using scene = await openScene('push')
  const lacking = await scene.main({ ...RULE, ...SKIP }, { env: scene.env })
  expect(errorOf(lacking)).toContain('`permissions: id-token: write`')
  const wrong = await scene.main({ 'anthropic-api-key': KEY_CANARY, files: 'a.txt', ...SKIP }, { env: scene.env })
  expect(errorOf(wrong)).toMatch(/401 authentication_error/)
})

test.concurrent('a rule without `id-token: write`: exactly that is said', async () => {
  await using scene = await openScene('push')
  const main = await scene.main(RULE, { env: scene.env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toContain('`permissions: id-token: write`')
  expect(errorOf(main)).not.toMatch(/fork|withh[oe]ld/)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a key and a rule: the error names both, and shows neither', async () => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...RULE, 'anthropic-api-key': KEY_CANARY }, { env })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('anthropic-api-key')
  expect(errorOf(main)).toContain('`anthropic-federation-rule-id`')
  expect(main.stdout).not.toContain(KEY_CANARY)
  const half = { 'anthropic-api-key': KEY_CANARY, 'anthropic-organization-id': FEDERATION.organizationId }
  expect(errorOf(await scene.main({ ...half, files: 'a.txt' }, { env })).match(/^- .*/gm)).toEqual([
    '- anthropic-api-key: cannot be combined with `anthropic-organization-id`; remove the key, or those',
  ])
  expect(scene.emulator.journal()).toEqual([])
  expect(federated.oidc.journal()).toEqual([])
})

test.concurrent.each([
  ['anthropic-federation-rule-id', 'anthropic-organization-id'],
  ['anthropic-organization-id', 'anthropic-federation-rule-id'],
])('%s alone is half of what is needed: the other is named', async (given, lacking) => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const value = given === 'anthropic-organization-id' ? FEDERATION.organizationId : FEDERATION.ruleId
  const main = await scene.main({ ...NO_KEY, [given]: value }, { env })
  expect(errorOf(main)).toMatch(new RegExp(`- ${lacking}: required`))
  expect(errorOf(main)).not.toMatch(new RegExp(`- ${given}:`))
  const service = await scene.main({ ...NO_KEY, 'anthropic-service-account-id': 'svac_emulator' }, { env })
  expect(errorOf(service)).toMatch(/- anthropic-federation-rule-id: required.*- anthropic-organization-id: required/s)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('an id with what no id holds, and an unknown word for `if-no-credentials`, are named', async () => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const rule = { 'anthropic-federation-rule-id': 'fdrl_/../x' }
  const main = await scene.main({ ...RULE, ...rule, 'if-no-credentials': 'ignore' }, { env })
  expect(errorOf(main)).toMatch(/- anthropic-federation-rule-id: "fdrl_\/\.\.\/x" is not the id of a federation rule/)
  expect(errorOf(main)).toMatch(/- if-no-credentials: "ignore" is not one of `error`, `skip`/)
})

test.concurrent('a key that is revoked in mid-run: the error says what to check, post what is left and why', async () => {
  await using scene = await openScene()
  scene.workspace.write({ 'b.txt': 'b', 'c.txt': 'c' })
  const key = scene.emulator.apiKey
  const running = scene.main({ files: '*.txt', concurrency: '1' })
  while (scene.uploads().length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  scene.emulator.setApiKey('sk-ant-another')
  const inputs = { 'anthropic-api-key': key }
  const main = await running
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/401 authentication_error.*\n.*API key was refused. Check .*revoked/)
  const post = await scene.post(main, inputs)
  expect(post.exitCode).toBe(0)
  const [warning = ''] = annotations(post, 'warning')
  for (const { id } of scene.uploads()) expect(warning).toContain(id)
  expect(warning).toMatch(/401/)
  expect(warning).not.toContain(key)
})

test.concurrent('a session of another workspace: 404 and 403 say that the workspace may be the reason', async () => {
  await using scene = await openScene()
  const gone = await scene.main({ files: 'a.txt', 'session-id': 'sesn_01elsewhere' })
  expect(errorOf(gone)).toMatch(/sesn_01elsewhere/)
  expect(errorOf(gone)).toMatch(/another workspace.*404/)
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ kind: 'status', status: 403, match: { path: `^/v1/sessions/${id}` }, times: 9 })
  const forbidden = await scene.main({ files: 'a.txt', 'session-id': id })
  expect(errorOf(forbidden)).toMatch(/another workspace.*403 permission_error/)
})

test.concurrent('a federated token without the scope: the error names the rule', async () => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault({ kind: 'status', status: 403, match: { path: '^/v1/files' }, times: 9 })
  const main = await scene.main(RULE, { env })
  expect(errorOf(main)).toMatch(/403 permission_error.*\n.*workload identity, rule fdrl_emulator is not allowed/)
  expect(errorOf(main)).toMatch(/workspace:developer/)
})

test.concurrent('a fork has no variables either: without a credential, missing ids are no error', async () => {
  await using scene = await openScene('pull-request-fork')
  const ids = { 'agent-id': '', 'environment-id': '' }
  const { main, post } = await scene.job({ ...NO_KEY, ...SKIP, ...ids }, { env: scene.env })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.outputs).toMatchObject({ 'session-id': '', 'mounted-count': '0' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.journal()).toEqual([])
})
