import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { ConnectProxy } from '../../harness/proxy.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'
import { TlsFront } from '../../harness/tls.ts'
import { leaks, masked, tracesOf } from '../../harness/trace.ts'
import { Workspace } from '../../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

const KEY = 'sk-ant-api03-c4n4ry+Key/0123=456%789~abcdef'
const TOKEN = 'ghs_c4n4ryTokenOfTheWorkflow0123456789ab'
const PASSWORD = 'pr0xy c4n4ry:p@ss/0123456789'
const PROXY_VALUES = {
  password: PASSWORD,
  'encoded password': encodeURIComponent(PASSWORD),
  login: `runner:${PASSWORD}`,
}
const SECRETS = { key: KEY, token: TOKEN, ...PROXY_VALUES }

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** As the runner reads a mask command. */
const masksOf = ({ masks }: StepResult): readonly string[] =>
  masks.map((mask) => mask.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%'))

interface Run {
  readonly inputs?: Inputs
  readonly fault?: Fault
  readonly env?: Inputs
  readonly post?: Inputs
}

const everywhere = (kind: Fault['kind'], path: string, more: Partial<Fault> = {}): Run => ({
  fault: { kind, match: { method: 'POST', path }, times: 99, ...more },
})

/** Every way that a run with a key can end. */
const RUNS: Readonly<Record<string, Run>> = {
  'that goes well': {},
  'with refused inputs': { inputs: { cleanup: 'x', 'session-id': '/', concurrency: '0', 'base-url': 'http://x' } },
  'with a base URL that holds a password': {
    inputs: { 'base-url': `https://runner:${encodeURIComponent(PASSWORD)}@h` },
  },
  'with a pattern without files': { inputs: { files: 'nothing/**' } },
  'with a file that holds the key': { inputs: { files: 'leaky.txt' } },
  'with a dry run': { inputs: { 'dry-run': 'true' } },
  'with an unknown session': { inputs: { 'session-id': 'sesn_01nowhere' } },
  'with the key refused': everywhere('status', '^/v1', { status: 401 }),
  'with the key forbidden': everywhere('status', '^/v1', { status: 403 }),
  'with an upload refused': everywhere('status', 'files', { status: 400 }),
  'with a create refused': everywhere('status', 'sessions$', { status: 400, envelope: false }),
  'with a page for a reply': everywhere('html', 'sessions$'),
  'with half a reply': everywhere('truncated-json', 'sessions$'),
  'with a reply that is something else': everywhere('wrong-shape', 'sessions$'),
  'with a broken connection': everywhere('reset-after-commit', 'sessions$'),
  'with a post that may not': { post: { 'anthropic-api-key': `${KEY}x` } },
  'with a post that has no key': { post: { 'anthropic-api-key': '' } },
  'with a proxy that is no URL': { env: { HTTP_PROXY: `http://runner:${PASSWORD}@[` } },
}

test.concurrent.each(Object.entries(RUNS))('nothing shows up of any secret in a run %s', async (_, run) => {
  await using scene = await Scene.open({ apiKey: KEY })
  await using proxy = await ConnectProxy.start({ user: 'runner', password: PASSWORD })
  using aside = new Workspace()
  aside.write({ env: '', path: '' })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'leaky.txt': `key: ${KEY}` })
  if (run.fault !== undefined) scene.emulator.addFault(run.fault)
  const files = { GITHUB_ENV: aside.path('env'), GITHUB_PATH: aside.path('path') }
  const env = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true', ...files, HTTP_PROXY: proxy.url, ...run.env }
  const inputs = { files: '*.txt', 'github-token': TOKEN, ...run.inputs }
  const main = await scene.main(inputs, { env })
  const post = await scene.post(main, { ...inputs, ...run.post }, { env })
  for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
  for (const name of ['env', 'path']) expect(readFileSync(aside.path(name), 'utf8')).toBe('')
  for (const form of [KEY, base64(KEY), encodeURIComponent(KEY), TOKEN, base64(`x-access-token:${TOKEN}`)])
    expect(masksOf(main)).toContain(form)
  expect(masksOf(post)).toEqual(expect.arrayContaining([TOKEN]))
  if (run.env === undefined)
    for (const form of [PASSWORD, encodeURIComponent(PASSWORD), base64(`runner:${PASSWORD}`)])
      for (const step of [main, post]) expect(masksOf(step)).toContain(form)
})

test.concurrent('a server that sends the key back: the masks that are registered cover it everywhere', async () => {
  await using scene = await Scene.open({ apiKey: KEY })
  scene.workspace.write({ 'a.txt': 'a' })
  const echoes = [KEY, base64(KEY), encodeURIComponent(KEY)]
  scene.emulator.addFault({ kind: 'status', status: 400, message: `you sent ${echoes.join(' and ')}`, times: 9 })
  const { main, post } = await scene.job({ files: 'a.txt' }, { env: { RUNNER_DEBUG: '1' } })
  expect(main.exitCode).toBe(1)
  for (const step of [main, post]) {
    // The runner masks the log and the summary, but neither outputs nor state.
    expect(leaks(masked(step.stdout + step.summary, masksOf(step)), { key: KEY })).toEqual([])
    expect(leaks(JSON.stringify([step.outputs, step.state]), { key: KEY })).toEqual([])
  }
})

test.concurrent('a certificate that is not trusted shows no secret', async () => {
  await using scene = await Scene.open({ apiKey: KEY })
  await using front = await TlsFront.start(scene.emulator.url)
  scene.workspace.write({ 'a.txt': 'a' })
  const { main, post } = await scene.job({ files: 'a.txt', 'base-url': front.url }, { env: { RUNNER_DEBUG: '1' } })
  expect(main.exitCode).toBe(1)
  for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
})

test.concurrent('masks are registered before anything else is printed', async () => {
  await using scene = await Scene.open({ apiKey: KEY })
  scene.workspace.write({ 'a.txt': 'a' })
  for (const inputs of [{ files: 'a.txt' }, { files: '', cleanup: 'x' }]) {
    const chunks: string[] = []
    const onStart: NonNullable<Parameters<typeof scene.main>[1]>['onStart'] = (child) =>
      child.stdout?.on('data', (chunk) => chunks.push(String(chunk)))
    await scene.main({ 'github-token': TOKEN, ...inputs }, { onStart, env: { RUNNER_DEBUG: '1' } })
    const lines = chunks.join('').split('\n')
    const first = lines.findIndex((line) => !line.startsWith('::add-mask::'))
    const before = lines.slice(0, first).join('\n')
    for (const secret of [KEY.replaceAll('%', '%25'), TOKEN]) expect(before).toContain(`::add-mask::${secret}`)
  }
})

test.concurrent('each line of a secret that has several is masked, also when it is refused', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const lines = ['first-line-c4n4ry-0123', 'second-line-c4n4ry-4567', 'third line c4n4ry 89']
  for (const separator of ['\n', '\r\n']) {
    const main = await scene.main({ 'anthropic-api-key': lines.join(separator), files: 'a.txt' })
    expect(main.exitCode).toBe(1)
    expect(masksOf(main)).toEqual(expect.arrayContaining([...lines, ...lines.map(base64)]))
    expect(leaks(tracesOf(main), Object.fromEntries(lines.map((line) => [line, line])))).toEqual([])
  }
})

test.concurrent('a proxy password with a stray percent sign is masked as it is given, and as it is sent', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const password = 'c4n4ry-100%-of-it'
  const env = { HTTPS_PROXY: `http://runner:${password}@127.0.0.1:9` }
  const { main, post } = await scene.job({ files: 'a.txt' }, { env })
  for (const step of [main, post]) {
    expect(step).toMatchObject({ exitCode: 0, stderr: '' })
    expect(masksOf(step)).toEqual(expect.arrayContaining([password, base64(`runner:${password}`)]))
  }
})

test.concurrent('nothing is masked where there is no secret, and nothing that is too short to be one', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', 'github-token': '' }, { env: { HTTPS_PROXY: 'http://127.0.0.1:9' } })
  for (const mask of masksOf(main)) expect(mask.length).toBeGreaterThanOrEqual(4)
  expect(masksOf(main).every((mask) => mask.trim() !== '')).toBe(true)
})
