import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { unpacked } from '../../harness/archive.ts'
import { Scene } from '../../harness/scene.ts'
import { sendSignal } from '../../harness/signal.ts'
import { ON_WINDOWS, whereLinks } from '../../harness/system.ts'
import { sha256, Workspace } from '../../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

/** Nothing that zlib could make smaller, so that packing takes a while. */
const SLOW = Buffer.concat(Array(64).fill(randomBytes(1_000_000)))

const archive = { files: '**', archive: 'always' }

/** The archive on its way, if there is one: its path in the runner's temporary folder. */
function archiveIn(temp: Workspace): string | undefined {
  return readdirSync(temp.root)
    .map((name) => temp.path(path.join(name, 'files.tar.gz')))
    .find(existsSync)
}

/** Does something to the process once an archive is being written, and asks no more when it has ended. */
function whenPacking(temp: Workspace, act: (child: ChildProcess) => void): (child: ChildProcess) => void {
  return (child) => {
    const waiting = setInterval(() => {
      if (archiveIn(temp) === undefined) return
      clearInterval(waiting)
      act(child)
    }, 5)
    child.on('exit', () => clearInterval(waiting))
  }
}

/** What is left in the runner's temporary folder but the manifest. */
const leftIn = (temp: Workspace) => readdirSync(temp.root).filter((name) => !name.endsWith('.json'))

const CASES: readonly (readonly [string, Inputs, RegExp])[] = [
  ['another word', { archive: 'tar' }, /- archive: "tar" is not one of `never`, `auto`, `always`/],
  ['no word', { archive: ' ' }, /- archive: empty is not one of/],
  ['a boolean', { archive: 'true' }, /- archive: "true" is not one of/],
  ['one path for two files', { ...archive, files: 'a.txt => /x\nb.txt => /x' }, /"a\.txt" and "b\.txt" .*"\/x"/],
  ['a file for a folder', { ...archive, files: 'a.txt => /b.txt/a\nb.txt' }, /"b\.txt" would be mounted as the file/],
  ['many files at one path', { ...archive, files: '*.txt => /x' }, /3 files.*"\/x"/],
  ['no room for its name', { ...archive, 'mount-path': `/${'m'.repeat(1015)}` }, /not be longer than 1024 bytes/],
  ['a secret that is named', { ...archive, files: 'a.txt\nkey.txt' }, /"key\.txt" holds an AWS access key/],
]

test.concurrent.each(CASES)('%s: refused, and nothing sent', async (_, inputs, text) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'key.txt': `key = AKIA${'ABCD'.repeat(4)}` })
  const main = await scene.main({ files: 'a.txt', ...inputs })
  expect(main).toMatchObject({ exitCode: 1, stderr: '', state: {} })
  expect(errorOf(main)).toMatch(text)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a secret that a wildcard finds is not packed, nor is a link to it', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'a.txt': 'a', 'key.txt': `key = AKIA${'ABCD'.repeat(4)}`, '.npmrc': 'x' })
  const links = whereLinks([
    ['npm.txt', '.npmrc'],
    ['z.txt', 'key.txt'],
  ] as const)
  for (const [name, target] of links) scene.workspace.link(name, target)
  const main = await scene.main(archive)
  expect(main.exitCode).toBe(0)
  const warning = annotations(main, 'warning').join()
  expect(warning).toMatch(/Left out as sensitive: /)
  for (const name of ['key.txt', ...links.map(([link]) => link)]) expect(warning).toContain(`"${name}"`)
  expect(await unpacked(scene, main.outputs['unpack-command'] ?? '')).toEqual({ 'a.txt': `file ${sha256('a')}` })
})

test.concurrent('nothing but secrets: refused, or a session without files', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'key.txt': `key = AKIA${'ABCD'.repeat(4)}` })
  expect(errorOf(await scene.main(archive))).toContain('Nothing to mount is left. Left out as sensitive: "key.txt"')
  const main = await scene.main({ ...archive, 'if-no-files-found': 'warn' })
  expect(main).toMatchObject({ exitCode: 0, outputs: { 'mounted-count': '0', 'unpack-command': '' } })
})

test.concurrent('a file that changes before its turn: said so, nothing sent, nothing left', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.bin': SLOW, 'b.txt': 'b' })
  const onStart = whenPacking(temp, () => appendFileSync(scene.workspace.path('b.txt'), 'more'))
  const main = await scene.main(archive, { env: { RUNNER_TEMP: temp.root }, onStart })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/"b\.txt" changed while it was being read/)
  expect(scene.sent()).toEqual([])
  expect(leftIn(temp)).toEqual([])
})

test.concurrent('a file that changes after it was hashed for a session that may hold the archive: said so', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.bin': SLOW, 'b.txt': 'b' })
  const onStart = whenPacking(temp, () => appendFileSync(scene.workspace.path('b.txt'), 'more'))
  const on = { ...archive, 'session-name': 'Nightly' }
  const main = await scene.main(on, { env: { RUNNER_TEMP: temp.root }, onStart })
  expect(main).toMatchObject({ exitCode: 1, stderr: '', state: {} })
  expect(errorOf(main)).toMatch(/"b\.txt" changed while it was being packed/)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  expect(leftIn(temp)).toEqual([])
})

test.concurrent('cancelled while it is packed: said so, nothing sent, nothing left', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.bin': SLOW })
  const onStart = whenPacking(temp, (child) => sendSignal(child, 'SIGINT'))
  const main = await scene.main(archive, { env: { RUNNER_TEMP: temp.root }, onStart })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/cancelled/)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  expect(leftIn(temp)).toEqual([])
})

test.concurrent('while it is there, only its owner may look into it; cancelled in the upload, it is gone', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault({ kind: 'never-answer', match: { path: '^/v1/files$' } })
  const modes: number[] = []
  const onStart = whenPacking(temp, (child) => {
    const file = archiveIn(temp) ?? ''
    modes.push(...[file, path.dirname(file)].map((name) => statSync(name).mode & 0o777))
    sendSignal(child, 'SIGINT')
  })
  const main = await scene.main(archive, { env: { RUNNER_TEMP: temp.root }, onStart })
  expect(main.exitCode).toBe(1)
  // The runner's temporary folder is its user's own on Windows, where a mode says little.
  expect(modes).toEqual(ON_WINDOWS ? [0o666, 0o666] : [0o600, 0o700])
  expect(leftIn(temp)).toEqual([])
})

test.concurrent('after an upload that fails, nothing is left on the runner', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault({ kind: 'status', status: 400, match: { path: '^/v1/files$' } })
  const main = await scene.main(archive, { env: { RUNNER_TEMP: temp.root } })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('"files.tar.gz" could not be uploaded')
  expect(leftIn(temp)).toEqual([])
})

test.concurrent('a temporary folder that cannot be written to: an error that says so', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main(archive, { env: { RUNNER_TEMP: scene.workspace.path('a.txt') } })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/1 file \(1 byte\) could not be packed: .+ \(E\w+\); .*temporary folder/)
  expect(scene.sent()).toEqual([])
})

test('the limit of a file holds for the archive, not for what is in it', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  using temp = new Workspace()
  scene.workspace.write({ 'a.bin': '' })
  truncateSync(scene.workspace.path('a.bin'), 530_000_000)
  const small = await scene.main(archive)
  expect(small.exitCode).toBe(0)
  expect(Number(small.outputs['total-bytes'])).toBeLessThan(10_000_000)
  const file = openSync(scene.workspace.path('a.bin'), 'w')
  for (let part = 0; part < 53; part++) writeSync(file, randomBytes(10_000_000))
  closeSync(file)
  const large = await scene.main(archive, { env: { RUNNER_TEMP: temp.root } })
  expect(errorOf(large)).toMatch(/1 file \(530 MB\) make an archive of more than the 524 MB .*narrow `files`/)
  expect(scene.sent()).toHaveLength(2)
  expect(leftIn(temp)).toEqual([])
})
