import { spawnSync } from 'node:child_process'
import { chmodSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { Workspace } from '../../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

/** Inputs, what is on the disk, and what the one error says. */
const CASES: readonly (readonly [string, Inputs, Readonly<Record<string, string>>, ...(string | RegExp)[]])[] = [
  ['a comma list', { files: 'a.txt,b.txt' }, {}, '"a.txt,b.txt" matched no files', /one pattern a line/],
  ['a YAML item', { files: '- *.txt' }, {}, '"- *.txt" matched no files', /YAML/],
  ['single quotes', { files: "'*.txt'" }, {}, `"'*.txt'" matched no files`, /quotes/],
  ['double quotes', { files: '"*.txt"' }, {}, /matched no files/, /quotes/],
  ['braces', { files: '{a,b}.txt' }, {}, '"{a,b}.txt" matched no files', /braces/],
  ['a backslash', { files: 'sub\\c.txt' }, {}, 'matched no files', /separator is "\/"/],
  ['another case', { files: 'SUB/C.TXT' }, {}, '"SUB/C.TXT" matched no files', '"sub/c.txt"', /case/],
  ['all excluded', { files: '*.txt\n!*' }, {}, '"*.txt" matched no files', /2 matched.*excludes/],
  ['only hidden', { files: '*.env' }, { '.env': 'x' }, '1 hidden file', 'include-hidden-files: true'],
  ['nothing like it', { files: 'a.txt\nnowhere/*.md\nb.txt' }, {}, '"nowhere/*.md" matched no files'],
  ['a literal path that is not there', { files: '["a.txt", "gone.txt"]' }, {}, '"gone.txt" does not exist'],
  ['a literal path of a folder', { files: '["sub"]' }, {}, '"sub" is a folder'],
  ['an empty list', { files: '[]' }, {}, '`files` is an empty list'],
  ['an absolute path', { files: '/etc/hostname' }, {}, '"/etc/hostname"', /outside `root`/],
  ['a literal absolute path', { files: '["/etc/hostname"]' }, {}, '"/etc/hostname"', /outside `root`/],
  ['a literal way out', { files: `["${'../'.repeat(30)}etc/hosts"]` }, {}, '"/etc/hosts"', /outside `root`/],
  ['a pattern with ..', { files: 'sub/../../*.txt' }, {}, 'sub/../../*.txt', /\.\./],
  ['a root that is not there', { files: 'a.txt', root: 'build' }, {}, 'root', '"build"', /not a folder/],
  ['a root that is a file', { files: 'a.txt', root: 'a.txt' }, {}, 'root', '"a.txt"', /not a folder/],
  ['too many', { files: '**', 'max-resources': '2' }, {}, /3 files/, /takes 2 resources/, '`max-resources`'],
  ['one mount path twice', { files: 'a.txt => /x\nb.txt => /x' }, {}, '"a.txt"', '"b.txt"', '"/x"'],
  ['a mapping onto another file', { files: 'a.txt\nb.txt => /a.txt' }, {}, '"a.txt"', '"b.txt"', '"/a.txt"'],
  ['many files at one path', { files: '*.txt => /x' }, {}, /2 files/, '"/x"', '"/x/"'],
  ['a file where a folder is', { files: 'a.txt => /sub\nsub/c.txt' }, {}, '"a.txt"', '"/sub"', '"sub/c.txt"'],
]

test.concurrent.each(CASES)('%s: an error that says so, nothing sent', async (_, inputs, files, ...parts) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'sub/c.txt': 'c', ...files })
  const main = await scene.main(inputs)
  expect(main).toMatchObject({ exitCode: 1, stderr: '', state: {} })
  for (const part of parts) expect(errorOf(main)).toMatch(part instanceof RegExp ? part : literally(part))
  expect(errorOf(main)).toMatch(/\nNothing was (sent|changed)\.$/)
  expect(scene.emulator.journal()).toEqual([])
  expect(jsonOutput(main, 'resources')).toEqual([])
})

test.concurrent('each of several problems is in the one error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' }).link('broken', 'nowhere')
  const main = await scene.main({ files: 'none.md\n/etc/hostname\na.txt => /x\nb.txt => /x\nbroken' })
  for (const part of ['"none.md" matched', '"/etc/hostname"', '"/x"', '"broken" is a link']) {
    expect(errorOf(main)).toContain(part)
  }
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('links out of the root are refused, named or found, also through a linked folder', async () => {
  await using scene = await Scene.open()
  using elsewhere = new Workspace().write({ 'secret.txt': 's' })
  scene.workspace.write({ 'a.txt': 'a' }).link('out.txt', elsewhere.path('secret.txt')).link('folder', elsewhere.root)
  for (const files of ['out.txt', '*.txt', '["out.txt"]', 'folder/secret.txt', '["folder/secret.txt"]']) {
    const main = await scene.main({ files })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toContain(elsewhere.path('secret.txt'))
    expect(errorOf(main)).toContain('outside `root`')
  }
  const followed = await scene.main({ files: '**', 'follow-symbolic-links': 'true' })
  expect(errorOf(followed)).toContain('outside `root`')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a FIFO and a socket are refused by kind, and do not hang', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  spawnSync('mkfifo', [scene.workspace.path('pipe')])
  const socket = createServer().listen(scene.workspace.path('sock'))
  for (const files of ['pipe\nsock', '*', '["pipe", "sock"]']) {
    const main = await scene.main({ files })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toMatch(/"pipe" is a FIFO/)
    expect(errorOf(main)).toMatch(/"sock" is a socket/)
  }
  socket.close()
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('every file over the limit is listed, and nothing is read or sent', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'one.bin': '', 'two.bin': '', 'small.bin': 's' })
  truncateSync(scene.workspace.path('one.bin'), 500 * 1024 * 1024 + 1)
  truncateSync(scene.workspace.path('two.bin'), 3_000_000_000)
  const main = await scene.main({ files: '*.bin' })
  expect(errorOf(main)).toMatch(/"one\.bin" has 524 MB/)
  expect(errorOf(main)).toMatch(/"two\.bin" has 3\.0 GB/)
  expect(errorOf(main)).not.toContain('small.bin')
  expect(scene.emulator.journal()).toEqual([])
})

const asRoot = process.getuid?.() === 0

;(asRoot ? test.skip : test)('a file that cannot be read is named', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'locked.txt': 'x' })
  chmodSync(scene.workspace.path('locked.txt'), 0)
  const main = await scene.main({ files: '*.txt' })
  expect(errorOf(main)).toMatch(/"locked\.txt" cannot be read: EACCES/)
  expect(scene.emulator.journal()).toEqual([])
})

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
