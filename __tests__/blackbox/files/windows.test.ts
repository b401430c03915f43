import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { onWindows } from '../../harness/system.ts'
import { Workspace } from '../../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

const FILES = { 'data/a.csv': 'a', 'data/tmp/b.csv': 'b', 'tls/server.key': 'k', 'list.txt': 'data\\a.csv\r\n' }

/** Inputs, given the workspace, and what is mounted then. */
const WAYS: readonly (readonly [string, (root: string) => Inputs, readonly string[]])[] = [
  ['backslashes', () => ({ files: '.\\data\\*.csv' }), ['/data/a.csv']],
  ['both separators', () => ({ files: 'data/tmp\\b.csv' }), ['/data/tmp/b.csv']],
  ['an exclude', () => ({ files: 'data\\**\r\n!data\\tmp\\*' }), ['/data/a.csv']],
  ['a mapping', () => ({ files: 'data\\*.csv => /in/' }), ['/in/a.csv']],
  ['a JSON array', () => ({ files: '["data\\\\a.csv"]' }), ['/data/a.csv']],
  ['other case', () => ({ files: 'DATA\\A.csv' }), ['/data/a.csv']],
  ['an absolute pattern', (root) => ({ files: `${root}\\data\\*.csv` }), ['/data/a.csv']],
  ['one in other case', (root) => ({ files: `${swapCase(root)}\\data\\*.csv` }), ['/data/a.csv']],
  ['one with slashes', (root) => ({ files: `${root.replaceAll('\\', '/')}/data/*.csv` }), ['/data/a.csv']],
  ['one without its drive', (root) => ({ files: `${root.slice(2)}\\data\\*.csv` }), ['/data/a.csv']],
  ['a relative root', () => ({ files: '*.csv', root: '.\\data' }), ['/a.csv']],
  ['an absolute root', (root) => ({ files: '*.csv', root: `${swapCase(root)}\\data` }), ['/a.csv']],
  ['a root in the long form', (root) => ({ files: '*.csv', root: `\\\\?\\${root}\\data` }), ['/a.csv']],
  ['a list', () => ({ 'files-from': '.\\list.txt' }), ['/data/a.csv']],
  ['a secret', () => ({ files: 'tls\\*', 'allow-sensitive-files': 'tls\\server.key' }), ['/tls/server.key']],
]

const swapCase = (text: string) => text.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))

onWindows.each(WAYS)('paths of Windows in inputs: %s', async (_, inputs, paths) => {
  await using scene = await Scene.open()
  scene.workspace.write(FILES)
  const main = await scene.main(inputs(scene.workspace.root))
  expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  expect(mountedPaths(scene)).toEqual(paths)
})

onWindows('another drive, and a share, are outside the root', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(FILES)
  const elsewhere = ['Q:\\data\\*.csv', '\\\\server\\share\\data\\a.csv', '\\data\\a.csv', 'C:data\\a.csv']
  const main = await scene.main({ files: elsewhere.join('\n') })
  expect(main.exitCode).toBe(1)
  for (const pattern of elsewhere) expect(errorOf(main)).toContain(`"${pattern}" is outside \`root\``)
  expect(scene.emulator.journal()).toEqual([])
})

onWindows('paths of more than 260 characters', async () => {
  await using scene = await Scene.open()
  const folder = Array.from({ length: 9 }, (_, depth) => `${depth}`.repeat(40)).join('/')
  scene.workspace.write({ [`${folder}/a.txt`]: 'a' })
  const files = `${folder}\n${scene.workspace.path(folder)}\\*.txt`
  const main = await scene.main({ files, prompt: 'x', archive: 'never' })
  expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  expect(mountedPaths(scene)).toEqual([`/${folder}/a.txt`])
  scene.emulator.addOutput(main.outputs['session-id'] ?? '', `${folder}/out.txt`, 'out')
  const download = await downloadStep(scene, { 'session-id': main.outputs['session-id'] ?? '', path: 'out' })
  expect(annotations(download, 'error')).toEqual([])
  expect(contentOf(scene.workspace.path('out'))).toEqual({ [`${folder}/out.txt`]: 'out' })
})

/** Folders that are not on the drive of the temporary one: on the runner's other drive, and on a share of its own. */
const ELSEWHERE = [...'CDEZ']
  .flatMap((drive) => [`${drive}:\\`, `\\\\localhost\\${drive}$\\`])
  .filter((root) => process.platform === 'win32' && path.parse(tmpdir()).root !== root && existsSync(root))

onWindows('a workspace on another drive than the temporary folder, or on a share', async () => {
  expect(ELSEWHERE).not.toEqual([])
  for (const parent of ELSEWHERE) {
    await using scene = await Scene.open()
    using workspace = new Workspace(parent)
    workspace.write({ ...FILES, 'p.md': 'Hello' })
    const cwd = workspace.root
    const inputs = { files: `${cwd}\\data\\*.csv\ndata\\tmp`, archive: 'always', 'prompt-file': 'p.md' }
    const { main, post } = await scene.job(inputs, { cwd })
    expect([annotations(main, 'error'), annotations(main, 'warning'), annotations(post, 'warning')]).toEqual([
      [],
      [],
      [],
    ])
    expect(main.outputs['mounted-count']).toBe('2')
    const id = await createSession(scene.emulator)
    scene.emulator.addOutput(id, 'out.txt', 'out')
    const download = await downloadStep(scene, { 'session-id': id, path: '.\\out' }, { cwd })
    expect(annotations(download, 'error')).toEqual([])
    expect(contentOf(workspace.path('out'))).toEqual({ 'out.txt': 'out' })
  }
})

/** Up to its version 1.50, libuv says of a path on Windows no device, and of an open file one. */
const NO_DEVICE = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs'
  import { syncBuiltinESMExports } from 'node:module'
  const { fstatSync } = fs
  fs.fstatSync = (...given) => Object.assign(fstatSync(...given), { dev: 42n })
  syncBuiltinESMExports()
`)}`

test.concurrent('a file is the same though the system says otherwise which device it is on', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'data/a.csv': 'a', 'big.bin': Buffer.alloc(2_000_000) })
  const main = await scene.main({ files: '**' }, { nodeOptions: ['--import', NO_DEVICE] })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['/big.bin', '/data/a.csv'])
})
