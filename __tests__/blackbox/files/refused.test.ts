import { chmodSync, truncateSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { onPosix, withLinks, withUnicode } from '../../harness/system.ts'
import { Workspace } from '../../harness/workspace.ts'

type Inputs = Readonly<Record<string, string>>

/** Inputs, what is on the disk, and what the one error says. */
const CASES: readonly (readonly [string, Inputs, Readonly<Record<string, string>>, ...(string | RegExp)[]])[] = [
  ['only hidden', { files: '*.env' }, { '.env': 'x' }, 'Skipped 1 hidden file: ".env"', 'include-hidden-files: true'],
  ['nothing like it', { files: 'a.txt\nnowhere/*.md\nb.txt' }, {}, 'No files match "nowhere/*.md"'],
  ['a literal path of a folder', { files: '["sub"]' }, {}, '"sub" is a folder'],
  ['the root as a literal path', { files: '["."]' }, {}, '"." is a folder'],
  ['an absolute path', { files: '/etc/hostname' }, {}, '"/etc/hostname" is outside `root`', 'container job'],
  ['a literal absolute path', { files: '["/etc/hostname"]' }, {}, '"/etc/hostname" is outside `root`'],
  ['an absolute pattern above the root', { files: '/**/a.txt' }, {}, '"/**/a.txt" is outside `root`'],
  [
    'an absolute exclude',
    { files: '**\n!/__w/app/app/sub/**' },
    {},
    '"!/__w/app/app/sub/**" is outside `root`',
    'container job',
  ],
  ['a root that is not there', { files: 'a.txt', root: 'build' }, {}, 'root', '"build"', /not a folder/],
  ['a root that is a file', { files: 'a.txt', root: 'a.txt' }, {}, 'root', '"a.txt"', /not a folder/],
  ['too many', { files: '**', 'max-resources': '2' }, {}, /3 files/, /takes 2 resources/, '`max-resources`'],
  ['one mount path twice', { files: 'a.txt => /x\nb.txt => /x' }, {}, '"a.txt"', '"b.txt"', '"/x"'],
  [
    'one mount path four times, and below it a file',
    { files: 'a.txt => /x\nb.txt => /x\nsub/*.txt => /x\nd.txt => /x/d' },
    { 'd.txt': 'd', 'sub/e.txt': 'e' },
    /^- "a\.txt", "b\.txt", "sub\/c\.txt", and 1 more would all be mounted at "\/x"; map all but one elsewhere$/m,
    /^- "a\.txt" would be mounted as the file "\/x", which "d\.txt" needs as a folder; map one elsewhere$/m,
  ],
  ['a mapping onto another file', { files: 'a.txt\nb.txt => /a.txt' }, {}, '"a.txt"', '"b.txt"', '"/a.txt"'],
  [
    'many files at one path',
    { files: '*.txt => /x' },
    {},
    '"*.txt" matches 2 files, which would all be mounted at "/x". End the path with "/" ("/x/") to mount them into that folder',
    '"a.txt" and "b.txt" would both be mounted at "/x"; map one elsewhere',
  ],
  ['a file where a folder is', { files: 'a.txt => /sub\nsub/c.txt' }, {}, '"a.txt"', '"/sub"', '"sub/c.txt"'],
]

test.concurrent.each(CASES)('%s: an error that says so, nothing sent', async (_, inputs, files, ...parts) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'sub/c.txt': 'c', ...files })
  const main = await scene.main(inputs)
  expect(main).toMatchObject({ exitCode: 1, stderr: '', state: {} })
  expect(annotations(main, 'warning')).toEqual([])
  for (const part of parts) expect(errorOf(main)).toMatch(part instanceof RegExp ? part : literally(part))
  expect(errorOf(main)).toMatch(/\nNothing was (sent|changed)\.$/)
  expect(scene.emulator.journal()).toEqual([])
  expect(jsonOutput(main, 'resources')).toEqual([])
})

withLinks('each of several problems is in the one error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' }).link('broken', 'nowhere')
  const main = await scene.main({ files: 'none.md\n/etc/hostname\na.txt => /x\nb.txt => /x\nbroken' })
  for (const part of [
    'No files match "none.md"',
    '"/etc/hostname" is outside',
    '"/x"',
    '"broken" is a symbolic link',
  ]) {
    expect(errorOf(main)).toContain(part)
  }
  expect(scene.emulator.journal()).toEqual([])
})

withLinks('links out of the root are refused, named or found, also through a linked folder', async () => {
  await using scene = await Scene.open()
  using elsewhere = new Workspace().write({ 'secret.txt': 's' })
  scene.workspace.write({ 'a.txt': 'a' }).link('out.txt', elsewhere.path('secret.txt')).link('folder', elsewhere.root)
  for (const files of ['out.txt', '*.txt', '["out.txt"]', 'folder/secret.txt', '["folder/secret.txt"]']) {
    const main = await scene.main({ files })
    expect(main.exitCode).toBe(1)
    const target = files.includes('folder') ? elsewhere.root : elsewhere.path('secret.txt')
    expect(errorOf(main)).toContain(`leads to "${target}", which is outside \`root\``)
  }
  const followed = await scene.main({ files: '**', 'follow-symbolic-links': 'true' })
  expect(errorOf(followed)).toContain('outside `root`')
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

onPosix('more files than a session takes are refused before they are looked at', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'list/a.txt': 'a', 'list/b.txt': 'b', 'list/c.txt': 'c' })
  // Its names can be listed, but what stands there cannot be asked for.
  chmodSync(scene.workspace.path('list'), 0o744)
  const main = await scene.main({ files: '**', 'max-resources': '2' }, { asNobody: true })
  chmodSync(scene.workspace.path('list'), 0o755)
  expect(errorOf(main)).toMatch(/^3 files, but a session takes 2 resources \(`max-resources`\)/)
  expect(scene.emulator.journal()).toEqual([])
})

withUnicode('characters that reorder or hide others are refused in names, and shown escaped', async () => {
  await using scene = await Scene.open()
  const names = ['\u202egpj.exe', 'a\u200bb.txt', '\u2066x.txt', 'y\ufeff.txt', 'soft\u00adhyphen', 'join\u200der.txt']
  // Joiners are part of emoji and of some scripts.
  const ordinary = ['\u{1f469}\u200d\u{1f4bb}.png', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.txt']
  scene.workspace.write(Object.fromEntries([...names, ...ordinary].map((name) => [name, 'x'])))
  for (const files of ['**', JSON.stringify(names)]) {
    const error = errorOf(await scene.main({ files }))
    expect(error.match(/cannot be mounted: a mount path must not contain invisible characters/g)).toHaveLength(
      names.length,
    )
    expect(error).toContain('"\\u{202e}gpj.exe" cannot be mounted')
    expect(error).not.toMatch(/[\u202e\u200b\u2066\ufeff]/)
  }
  const mapped = await scene.main({ files: `${ordinary[0]} => /a\u202eb` })
  expect(errorOf(mapped)).toContain('a mount path must not contain invisible characters')
  expect(scene.emulator.journal()).toEqual([])
  const main = await scene.main({ files: JSON.stringify(ordinary) })
  expect([annotations(main, 'error'), main.outputs['mounted-count']]).toEqual([[], '2'])
})

test.concurrent('an exclude that leaves nothing out is a warning, unless that is not to matter', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'sub/c.txt': 'c', 'sub/deep/d.txt': 'd' })
  const files = 'a.txt\nsub\n!privat/**\n!sub/deep\n!sub/deep/*.txt\n!b.txt'
  const main = await scene.main({ files })
  expect(annotations(main, 'warning')).toEqual([
    '2 excludes matched nothing: "!privat/**", "!b.txt". Check the spelling',
  ])
  const ignored = await scene.main({ files, 'if-no-files-found': 'ignore' })
  expect(annotations(ignored, 'warning')).toEqual([])
  for (const each of [main, ignored]) expect(each.outputs['mounted-count']).toBe('2')
})

test.concurrent('what a mapping to one path does is said when it is in doubt', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'out/app.log': 'log', 'a.txt': 'a' })
  const one = await scene.main({ files: 'out => /logs\na.txt => /b.txt' })
  expect([annotations(one, 'error'), annotations(one, 'warning')]).toEqual([
    [],
    [
      '"out" matches one file, which is mounted as the file "/logs". End the path with "/" to mount what it matches into a folder',
    ],
  ])
  scene.workspace.write({ 'out/more.log': 'more' })
  const two = await scene.main({ files: 'out => /logs' })
  expect(errorOf(two)).toContain('"out" matches 2 files, which would all be mounted at "/logs". End the path with "/"')
})

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
