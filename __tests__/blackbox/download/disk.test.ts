import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { namesHere, whereLinks, withLinks } from '../../harness/system.ts'

const EVERY: Readonly<Record<string, string>> = {
  '../../escape.txt': 'escape.txt',
  '/etc/cron.d/job': 'etc/cron.d/job',
  '..\\..\\up.txt': 'up.txt',
  'C:\\Windows\\x.dll': 'C_/Windows/x.dll',
  '.git/hooks/post-checkout': '_.git/hooks/post-checkout',
  '.github/workflows/ci.yml': '_.github/workflows/ci.yml',
  NUL: '_NUL',
  'dots...': 'dots',
  'a\n::error::b': 'a___error__b',
  '\u001b[31mred': '_[31mred',
  '::add-mask::x': '__add-mask__x',
  '##[error]y': '##[error]y',
  '<img src=x>|`z`': '_img src=x__`z`',
  [`long${'x'.repeat(400)}.txt`]: `long${'x'.repeat(192)}.txt`,
  '\u202egpj.exe': '\u202egpj.exe',
}

/** Those that become files which can be here. */
const HOSTILE = Object.fromEntries(Object.entries(EVERY).filter(([, file]) => namesHere([file]).length > 0))

// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u202e]|##\[error/

test.concurrent('hostile names: all inside the folder, none acts in the log or the summary', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (const name of Object.keys(HOSTILE)) scene.emulator.addOutput(id, name, name)
  const step = await downloadStep(scene, { 'session-id': id }, { env: { RUNNER_DEBUG: '1' } })

  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  const expected = Object.entries(HOSTILE).map(([name, file]) => [`session-outputs/${file}`, name])
  expect(contentOf(scene.workspace.root)).toEqual(Object.fromEntries(expected))
  const files = jsonOutput(step, 'files') as readonly { name: string; path: string }[]
  expect(Object.fromEntries(files.map(({ name, path: file }) => [name, file]))).toEqual(HOSTILE)
  expect(annotations(step, 'error')).toEqual([])
  expect(step.masks).not.toContain('x')
  for (const text of [step.stdout, step.summary]) expect(text).not.toMatch(ACTIVE)
  expect(step.summary).not.toMatch(/<img|`z`/)
})

test.concurrent('the same name again and again: numbered, the newest has the plain name', async () => {
  let now = Date.parse('2026-11-21T12:00:00Z')
  await using scene = await Scene.open({ now: () => (now += 1000) })
  const id = await createSession(scene.emulator)
  for (const [name, content] of [
    ['a.txt', 'first'],
    ['A.txt', 'second'],
    ['a.txt', 'third'],
    ['dir', 'a file'],
    ['dir/b.txt', 'below'],
  ] as const)
    scene.emulator.addOutput(id, name, content)
  await downloadStep(scene, { 'session-id': id })
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({
    'a.txt': 'third',
    'A (2).txt': 'second',
    'a (3).txt': 'first',
    'dir (2)': 'a file',
    'dir/b.txt': 'below',
  })
})

test.concurrent('a file that was there before: refused before anything is downloaded, replaced only if asked to', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (const name of ['a.txt', 'sub/b.txt', 'c.txt']) scene.emulator.addOutput(id, name, 'new')
  scene.workspace.write({ 'out/a.txt': 'old', 'out/sub/b.txt': 'old', 'out/other.txt': 'old' })
  const refused = await downloadStep(scene, { 'session-id': id, path: 'out' })
  expect(errorOf(refused)).toContain('"a.txt", "sub/b.txt" are in')
  expect(errorOf(refused)).toContain('`overwrite: true`')
  expect(contentOf(scene.workspace.path('out'))).toEqual({ 'a.txt': 'old', 'sub/b.txt': 'old', 'other.txt': 'old' })
  expect(scene.requests().filter((request) => request.endsWith('/content'))).toEqual([])

  const replaced = await downloadStep(scene, { 'session-id': id, path: 'out', overwrite: 'true' })
  expect(replaced.exitCode).toBe(0)
  expect(contentOf(scene.workspace.path('out'))).toEqual({
    'a.txt': 'new',
    'c.txt': 'new',
    'sub/b.txt': 'new',
    'other.txt': 'old',
  })
})

withLinks('links and folders in the way: nothing is written through them', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (const name of ['linked.txt', 'folder/b.txt', 'taken', 'file/d.txt']) scene.emulator.addOutput(id, name, 'new')
  scene.workspace
    .write({ 'target.txt': 'old', 'elsewhere/x.txt': 'old', 'out/taken/y.txt': 'old', 'out/file': 'old' })
    .link('out/linked.txt', '../target.txt')
    .link('out/folder', '../elsewhere')
  const before = contentOf(scene.workspace.root)
  const step = await downloadStep(scene, { 'session-id': id, path: 'out', overwrite: 'true' })
  expect(step.exitCode).toBe(1)
  for (const says of [
    '"linked.txt" is a link',
    '"folder/b.txt" cannot be written: "folder" is a link',
    '"taken" is a folder',
    '"file/d.txt" cannot be written: "file" is a file',
  ])
    expect(errorOf(step)).toContain(says)
  expect(contentOf(scene.workspace.root)).toEqual(before)
})

/** Runs a step that is slow to get its content, and does something once it has asked for it. */
async function meanwhile(overwrite: 'true' | 'false', work: (scene: Scene) => void) {
  const scene = await Scene.open({ faults: [{ kind: 'slow', delayMs: 1500, match: { path: '/content$' } }] })
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'new')
  scene.emulator.addOutput(id, 'sub/b.txt', 'new')
  const asked = () => scene.requests().some((request) => request.endsWith('/content'))
  const step = await downloadStep(
    scene,
    { 'session-id': id, path: 'out', concurrency: '1', overwrite },
    {
      onStart: async (child) => {
        while (!asked() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
        work(scene)
      },
    },
  )
  return { scene, step, [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() }
}

withLinks.each(['true', 'false'] as const)(
  'a link that turns up while the step runs is not followed, overwrite: %s',
  async (overwrite) => {
    await using on = await meanwhile(overwrite, ({ workspace }) => {
      workspace.write({ 'target.txt': 'old', 'elsewhere/x.txt': 'old' })
      workspace.link('out/a.txt', '../target.txt').link('out/sub', '../elsewhere')
    })
    const { workspace } = on.scene
    expect(on.step.exitCode).toBe(1)
    expect(readFileSync(workspace.path('target.txt'), 'utf8')).toBe('old')
    expect(readdirSync(workspace.path('elsewhere'))).toEqual(['x.txt'])
    expect(lstatSync(workspace.path('out/a.txt')).isSymbolicLink()).toBe(overwrite === 'false')
  },
)

test.concurrent('a file that turns up while the step runs is never replaced, unless it is asked for', async () => {
  const appear = ({ workspace }: Scene) => void workspace.write({ 'out/a.txt': 'old' })
  await using kept = await meanwhile('false', appear)
  expect(errorOf(kept.step)).toMatch(/"a\.txt".*another program.*`overwrite: true`/)
  expect(kept.step.outputs['downloaded-count']).toBe('1')
  expect(contentOf(kept.scene.workspace.root)).toEqual({ 'out/a.txt': 'old', 'out/sub/b.txt': 'new' })
  await using replaced = await meanwhile('true', appear)
  expect(replaced.step.exitCode).toBe(0)
  expect(contentOf(replaced.scene.workspace.root)).toEqual({ 'out/a.txt': 'new', 'out/sub/b.txt': 'new' })
})

test.concurrent.each<readonly [string, string | RegExp]>([
  ['..', '".." is neither in the workspace'],
  ['/etc', 'neither in the workspace'],
  ['a/../../b', 'neither in the workspace'],
  ['.git', 'git or GitHub'],
  ['sub/.GIT/hooks', 'git or GitHub'],
  ['.github/actions', 'git or GitHub'],
  ['file.txt', 'not a folder'],
  ['file.txt/sub', 'cannot be used'],
  ...whereLinks([
    ['out', /"out" \(really "[^"]*session-mount-outside-\w+"\) is neither in the workspace/],
    ['out/deep/er', /\(really "[^"]*session-mount-outside-\w+\/deep\/er"\) is neither in the workspace/],
    ['nowhere', 'link to nothing'],
  ] as const),
] as const)('the folder %j is refused before anything is sent', async (folder, says) => {
  await using scene = await Scene.open()
  const outside = mkdtempSync(path.join(tmpdir(), 'session-mount-outside-'))
  scene.workspace.write({ 'file.txt': '' }).link('out', outside).link('nowhere', 'not-there')
  const before = contentOf(scene.workspace.root)
  const step = await downloadStep(scene, { 'session-id': 'sesn_1', path: folder })
  expect(errorOf(step)).toMatch(says)
  expect(scene.emulator.journal()).toEqual([])
  expect(contentOf(scene.workspace.root)).toEqual(before)
  expect(readdirSync(outside)).toEqual([])
  rmSync(outside, { recursive: true })
})

test.concurrent('folders that are taken: made if missing, reached by a link inside, in the temporary folder, the workspace', async () => {
  await using scene = await Scene.open()
  const temp = mkdtempSync(path.join(tmpdir(), 'session-mount-runner-'))
  const env = { RUNNER_TEMP: temp }
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'x')
  mkdirSync(scene.workspace.path('real'))
  scene.workspace.link('link', 'real')
  for (const folder of [
    'new/deep',
    ...whereLinks(['link']),
    path.join(temp, 'out'),
    '.',
    scene.workspace.path('abs'),
  ]) {
    const named = folder === '.' ? { overwrite: 'true', patterns: 'a.txt' } : {}
    const step = await downloadStep(scene, { 'session-id': id, path: folder, ...named }, { env })
    expect(step.exitCode).toBe(0)
    expect(statSync(path.join(step.outputs['download-path'] ?? '', 'a.txt')).size).toBe(1)
  }
  expect(Object.keys(contentOf(scene.workspace.root)).sort()).toEqual(
    ['a.txt', 'abs/a.txt', 'new/deep/a.txt', ...whereLinks(['link', 'real/a.txt'])].sort(),
  )
  rmSync(temp, { recursive: true })
})

test.concurrent('the folder of the files that command the runner is refused', async () => {
  await using scene = await Scene.open()
  const temp = mkdtempSync(path.join(tmpdir(), 'session-mount-runner-'))
  const commands = path.join(temp, '_runner_file_commands')
  mkdirSync(commands)
  const env = { RUNNER_TEMP: temp, GITHUB_ENV: path.join(commands, 'set_env_1') }
  for (const folder of [temp, commands]) {
    const step = await downloadStep(scene, { 'session-id': 'sesn_1', path: folder }, { env })
    expect(errorOf(step)).toContain('GITHUB_ENV')
  }
  expect(existsSync(env.GITHUB_ENV)).toBe(false)
  rmSync(temp, { recursive: true })
})
