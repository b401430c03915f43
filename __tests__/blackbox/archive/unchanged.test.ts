import { chmodSync, rmSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { unpacked } from '../../harness/archive.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { ON_WINDOWS, whereLinks, withLinks } from '../../harness/system.ts'
import { sha256, type Workspace } from '../../harness/workspace.ts'

const nightly = { files: '**', archive: 'always', 'session-name': 'Nightly', cleanup: 'never' }

const FILES = { 'a.txt': 'a'.repeat(10_000), 'data/b.txt': 'b' }

test.concurrent('an archive that is on the session unchanged is neither packed nor sent', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ ...FILES, 'c.txt': 'c' })
  const first = await scene.main(nightly)
  expect(first.stdout).toMatch(/^Packed 3 files \(10 KB\) into files\.tar\.gz/m)
  const sent = scene.sent().length
  const second = await scene.main(nightly)
  expect(second.stdout).not.toMatch(/^Packed/m)
  expect(second.outputs).toMatchObject({
    'session-id': first.outputs['session-id'],
    'unchanged-count': '3',
    changed: 'false',
    'total-bytes': first.outputs['total-bytes'],
  })
  expect(jsonOutput(second, 'resources')).toMatchObject([{ path: 'files.tar.gz', sha256: null, change: 'unchanged' }])
  const requests = scene.sent().slice(sent)
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
  expect(second.summary).toContain('3 files, unpacked by')
})

const CHANGES: readonly (readonly [string, (workspace: Workspace) => unknown, string?])[] = [
  ['other content of the same length', (workspace) => workspace.write({ 'data/b.txt': 'c' })],
  ['another name', (workspace) => rmSync(workspace.write({ 'data/c.txt': 'b' }).path('data/b.txt'))],
  ['a file more', (workspace) => workspace.write({ 'empty.txt': '' })],
  ['a file less', (workspace) => rmSync(workspace.path('data/b.txt'))],
]

const CHANGES_OF_LINKS: typeof CHANGES = [
  [
    'another target of a link',
    (workspace) => {
      rmSync(workspace.path('link.txt'))
      workspace.link('link.txt', 'data/b.txt')
    },
  ],
  [
    'a file in place of a link to its like',
    (workspace) => {
      rmSync(workspace.path('link.txt'))
      workspace.write({ 'link.txt': FILES['a.txt'] })
    },
  ],
]

const EXECUTABLE: (typeof CHANGES)[number] = [
  'an executable bit',
  (workspace) => chmodSync(workspace.path('data/b.txt'), 0o755),
]

const HERE = [...CHANGES, ...whereLinks(CHANGES_OF_LINKS), ...(ON_WINDOWS ? [] : [EXECUTABLE])]

test.concurrent.each(HERE)('%s: the archive is replaced', async (_, change) => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ ...FILES, 'c.txt': 'c' })
  for (const link of whereLinks(['link.txt'])) scene.workspace.link(link, 'a.txt')
  const first = await scene.main(nightly)
  expect(annotations(first, 'error')).toEqual([])
  change(scene.workspace)
  const second = await scene.main(nightly)
  expect(annotations(second, 'error')).toEqual([])
  expect(second.outputs).toMatchObject({ 'session-id': first.outputs['session-id'], 'unchanged-count': '0' })
  expect(Number(second.outputs['replaced-count'])).toBeGreaterThan(1)
})

test.concurrent('other times and modes that git does not keep: the archive is unchanged', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(FILES)
  await scene.main(nightly)
  scene.workspace.write(FILES)
  chmodSync(scene.workspace.path('a.txt'), 0o600)
  expect((await scene.main(nightly)).outputs).toMatchObject({ 'unchanged-count': '2', changed: 'false' })
})

/** More than is read at once, with a key at its end. */
const LATE_KEY = `${'line of text\n'.repeat(60_000)}key = AKIA${'ABCD'.repeat(4)}\n`

test.concurrent('a secret at the end of a large file: it is left out, and all others are packed', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'a.txt': 'a', 'big.txt': LATE_KEY, 'c.txt': 'c' })
  for (const link of whereLinks(['link.txt'])) scene.workspace.link(link, 'big.txt')
  const main = await scene.main({ files: '**', archive: 'always' })
  expect(annotations(main, 'error')).toEqual([])
  const warning = annotations(main, 'warning').join()
  expect(warning).toMatch(/Left out as sensitive: "big\.txt"/)
  for (const link of whereLinks(['link.txt'])) expect(warning).toContain(`"${link}"`)
  expect(await unpacked(scene, main.outputs['unpack-command'] ?? '')).toEqual({
    'a.txt': `file ${sha256('a')}`,
    'c.txt': `file ${sha256('c')}`,
  })
})

withLinks('a link that is allowed to a file that is left out is packed as a file', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  const key = `key = AKIA${'ABCD'.repeat(4)}`
  scene.workspace.write({ 'a.txt': 'a', 'key.txt': key }).link('link.txt', 'key.txt')
  const main = await scene.main({ files: '**', archive: 'always', 'allow-sensitive-files': 'link.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(await unpacked(scene, main.outputs['unpack-command'] ?? '')).toEqual({
    'a.txt': `file ${sha256('a')}`,
    'link.txt': `file ${sha256(key)}`,
  })
})
