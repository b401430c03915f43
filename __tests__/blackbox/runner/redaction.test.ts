import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import pLimit from 'p-limit'
import type { Act, EmulatorOptions } from '../../../emulator/emulator.ts'
import { ASK } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { canaryForms, cutsOf, piecesShown, rendered, textCutInside } from '../../harness/canary.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { namesHere } from '../../harness/system.ts'
import { tracesOf } from '../../harness/trace.ts'

const LINES = ['Hx7"Qm2/vT+9', 'Ld5 <Gz&4Yn8', 'Wc1%Fs6\\Kr3u']

/** Secrets of a run, each from another place, with characters that the forms escape. */
const SECRETS = {
  key: `sk-ant-Zq7+/x"R<4&kV'%w9Jb2Yp`,
  token: ['ghs', 'Xw3Kd8TnQz5LrVb1Ym6Hc0PfJg4SuE7aBi9o'].join('_'),
  password: 'P@4 zW:q/8Rk',
  lines: LINES.join('\n'),
  awsKey: 'Ge5+/Ud8Rk1Bn6',
  awsToken: 'Fo7/Jt4+Sx9Lm2==',
  googleToken: '1//0Dp3-Ny6_Tv8',
}

const folder = mkdtempSync(path.join(tmpdir(), 'session-mount-redaction-'))
const CREDENTIALS = path.join(folder, 'gha-creds-0123456789abcdef.json')
writeFileSync(CREDENTIALS, JSON.stringify({ type: 'authorized_user', refresh_token: SECRETS.googleToken }))
afterAll(() => rmSync(folder, { recursive: true }))

const ENV = {
  AWS_SECRET_ACCESS_KEY: SECRETS.awsKey,
  AWS_SESSION_TOKEN: SECRETS.awsToken,
  GOOGLE_APPLICATION_CREDENTIALS: CREDENTIALS,
  RUNNER_DEBUG: '1',
  HTTPS_PROXY: `http://me:${encodeURIComponent(SECRETS.password)}@127.0.0.1:9`,
  ANTHROPIC_AUTH_TOKEN: SECRETS.lines,
}
const INPUTS = { 'github-token': SECRETS.token }

const formsOf = (secrets: readonly string[]) => [
  ...new Set(secrets.flatMap((secret) => Object.values(canaryForms(secret)))),
]
const FORMS = formsOf(Object.values(SECRETS))

/** What is no secret: the prefix of a key, and what a form has around it. */
const PUBLIC = ['sk-ant-', 'ghs_', 'x-access-token:', 'me:', '{"auth": "', '" }', 'request']

/** A sample, with every form at several lengths: __tests__/text/redact.test.ts goes through all of them. */
const sampleOf = (forms: readonly string[]) => cutsOf(forms).filter((_, index) => index % 7 === 0)
const CUTS = sampleOf(FORMS)

/** Nothing of any secret is to be seen; the summary is read as written and as a browser shows it. */
function expectNothingIn(step: StepResult, forms = FORMS, more = ''): void {
  const text = [tracesOf(step), rendered(step.summary), more].join('\n')
  expect(piecesShown(text, forms, PUBLIC)).toEqual([])
}

/** Steps of one test that run at the same time. */
const AT_ONCE = 4

const open = (options: EmulatorOptions = {}) => Scene.open({ apiKey: SECRETS.key, ...options })

/** A scene in which the agent does this, and the step that has it done. */
async function stepWith(acts: readonly Act[]): Promise<StepResult> {
  await using scene = await open({ agentScript: { turns: [[...acts, { act: 'idle' }]] } })
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...ASK, ...INPUTS }, { env: ENV })
  expectNothingIn(main)
  return main
}

/** How much is shown of each; the mark of what is left out takes one character. */
const SHOWN = { message: 19_999, input: 199, toolError: 499, sessionError: 1999 } as const

test.concurrent('what an agent does, and what goes wrong, cut inside every form', async () => {
  const acts = CUTS.flatMap(({ form, kept }): readonly Act[] => [
    { act: 'tool-use', name: 'bash', input: { c: textCutInside(form, kept, SHOWN.input - '{"c":"'.length) } },
    { act: 'tool-result', isError: true, text: textCutInside(form, kept, SHOWN.toolError) },
    { act: 'error', type: 'unknown_error', message: textCutInside(form, kept, SHOWN.sessionError) },
  ])
  const main = await stepWith(acts)
  expect(main.stdout.match(/^Tool bash failed: \.+/gm)).toHaveLength(CUTS.length)
  expect(annotations(main, 'warning').length).toBeGreaterThan(0)
})

test.concurrent('what an agent says, cut inside every form', async () => {
  const messages = CUTS.map(({ form, kept }): Act => {
    return { act: 'message', text: textCutInside(form, kept, SHOWN.message) }
  })
  const main = await stepWith(messages)
  expect(main.stdout.match(/^::group::Agent/gm)).toHaveLength(CUTS.length)
})

const REPLY_BYTES = 100_000 - '…'.length * 3

test.concurrent.each(FORMS.filter((_, index) => index % 4 === 0))('a reply that is cut inside %j', async (form) => {
  const text = textCutInside(form, Math.ceil(form.length / 2), REPLY_BYTES)
  const main = await stepWith([{ act: 'message', text }])
  expect(main.outputs.reply).toMatch(/^\.{99000}/)
})

test.concurrent('a reply that holds every form: hidden in log, output and summary', async () => {
  const main = await stepWith([{ act: 'message', text: FORMS.map((form) => `- ${form} -`).join('\n') }])
  const hidden = main.outputs.reply?.split('\n').filter((line) => line === '- *** -') ?? []
  expect(hidden.length).toBeGreaterThan(FORMS.length / 2)
  const shown = rendered(main.summary)
    .split('\n')
    .filter((line) => line.trim() === '*** -')
  expect(shown).toHaveLength(hidden.length)
})

/** The download action is given no token of GitHub's. */
const { token: _, ...OF_DOWNLOAD } = SECRETS
const DOWNLOAD_FORMS = formsOf(Object.values(OF_DOWNLOAD))

test.concurrent('names of downloaded files, cut inside every form', async () => {
  await using scene = await open()
  const id = await createSession(scene.emulator)
  const cuts = sampleOf(DOWNLOAD_FORMS)
  for (const { form, kept } of cuts) {
    scene.emulator.addOutput(id, `a${textCutInside(form, kept, 195, '')}.txt`, 'x')
  }
  for (const form of DOWNLOAD_FORMS) scene.emulator.addOutput(id, `${form}/b.txt`, 'x')
  const step = await downloadStep(scene, { 'session-id': id, concurrency: '32' }, { env: ENV })
  expect(Number(step.outputs['downloaded-count'])).toBe(cuts.length + DOWNLOAD_FORMS.length)
  const names = Object.keys(contentOf(scene.workspace.root)).join('\n')
  expectNothingIn(step, DOWNLOAD_FORMS, names)
})

/** Names that a file can have here. */
const NAMES = namesHere(
  CUTS.filter(({ form }) => !/[/\n\\]/.test(form) && Buffer.byteLength(form) < 76).map(
    ({ form, kept }) => `a${textCutInside(form, kept, 173, '.txt')}`,
  ),
)

test.concurrent('names of mounted files, cut inside every form', async () => {
  await using scene = await open({ maxResources: 2000 })
  for (const name of NAMES) scene.workspace.write({ [name]: 'x' })
  const inputs = { files: '**', ...INPUTS, 'max-resources': '2000', concurrency: '32' }
  const { main, post } = await scene.job(inputs, { env: ENV })
  expect([main.exitCode, main.outputs['mounted-count']]).toEqual([0, String(NAMES.length)])
  for (const step of [main, post]) expectNothingIn(step)
})

test.concurrent('names in errors, titles, metadata, prompts and remotes, cut inside every form', async () => {
  await using scene = await open()
  scene.workspace.write({ 'a.txt': 'a' })
  // In a pattern, a backslash escapes what follows.
  const cuts = CUTS.filter(({ form, kept }) => !/[\n\\]/.test(form) && kept % 2 === 0)
  const lines = (limit: number) => cuts.map(({ form, kept }) => textCutInside(form, kept, limit)).join('\n')
  const someForms = FORMS.filter((_, index) => index % 5 === 0)
  const steps = [
    { files: cuts.map(({ form }) => `nothing/${form}`).join('\n') },
    { files: 'a.txt', metadata: `${lines(40)}\n${lines(64).replaceAll('\n', '=x\n')}` },
    { files: `["a.txt", x ${FORMS.join(' ')}` },
    ...someForms.map((form) => ({ files: 'a.txt', 'session-title': form, 'dry-run': 'true' })),
    { files: 'a.txt', prompt: textCutInside(FORMS[1] ?? '', 9, 120) },
    { repository: `https://x-access-token:${SECRETS.token}@github.com/octo-org/app.git` },
    ...someForms.map((form) => ({ files: 'a.txt', root: form, repository: form, 'memory-stores': form })),
  ]
  const limit = pLimit(AT_ONCE)
  const runs = steps.map((inputs) => limit(() => scene.main({ ...INPUTS, ...inputs }, { env: ENV })))
  for (const main of await Promise.all(runs)) expectNothingIn(main)
})

const MATCHES = [{ path: '^/v1/files$' }, { path: 'sessions$' }, { method: 'DELETE' }] as const

test.concurrent.each(MATCHES)('what a server says in refusals of %j', async (match) => {
  const limit = pLimit(AT_ONCE)
  const refusedWith = async (form: string, index: number) => {
    await using scene = await open()
    scene.workspace.write({ 'a.txt': 'a' })
    const message = `${form} ${textCutInside(form, 9, 199 - form.length)}`
    const status = index % 3 === 0 ? 429 : 400
    scene.emulator.addFault({ kind: 'status', status, envelope: index % 2 === 0, message, match, times: 99 })
    const { main, post } = await scene.job({ files: 'a.txt', ...INPUTS }, { env: ENV })
    for (const step of [main, post]) expectNothingIn(step)
  }
  const some = FORMS.filter((_, index) => index % 10 === 0)
  await Promise.all(some.map((form, index) => limit(() => refusedWith(form, index))))
})

test.concurrent('tokens that are got on the way: nothing of them, whoever sends them back', async () => {
  await using federated = await FederatedScene.open()
  const { scene, oidc } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault({ kind: 'slow', delayMs: 1500, match: { method: 'POST', path: 'files$' } })
  const tokens = () => [
    ...oidc.journal().flatMap(({ jwt }) => jwt ?? []),
    ...scene.sent().flatMap(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? []),
  ]
  const main = await scene.main(
    { ...FEDERATED_INPUTS, files: 'a.txt' },
    {
      env: { ...federated.env, RUNNER_DEBUG: '1' },
      onStart: async (child) => {
        while (!scene.requests().includes('POST /v1/files') && child.exitCode === null)
          await new Promise((resolve) => setTimeout(resolve, 20))
        const message = [...tokens(), oidc.requestToken].join(' and ')
        scene.emulator.addFault({ kind: 'status', status: 400, message, match: { path: 'sessions$' } })
      },
    },
  )
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('400 invalid_request_error: *** and ***')
  const forms = formsOf([...tokens(), oidc.requestToken])
  expect(forms.length).toBeGreaterThan(12)
  expectNothingIn(main, forms)
})
