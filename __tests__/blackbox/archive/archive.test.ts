import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { mountedArchive, tree, unpacked } from '../../harness/archive.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { namesHere, whereLinks, withLinks } from '../../harness/system.ts'
import { sha256, Workspace } from '../../harness/workspace.ts'

const LONG = `${'folder/'.repeat(30)}${'f'.repeat(120)}.txt`
const LONG_NAME = `${'ü'.repeat(120)}.txt`
const COMMAND =
  "rm -rf '/workspace/uploads' && mkdir -p /workspace/uploads && tar -xzf '/mnt/session/uploads/files.tar.gz' -C /workspace/uploads"

const archive = { files: '**', archive: 'always' }

test.concurrent('the agent finds the same tree that the runner has', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  const odd = namesHere(['with space/ä 日本語 😀.txt', "it's.txt", '-rf', 'a\\b'])
  const names = ['a.txt', 'data/b.csv', 'data/deep/er/c.bin', ...odd]
  scene.workspace.write(Object.fromEntries([...names, LONG, LONG_NAME].map((name) => [name, `content of ${name}`])))
  scene.workspace.write({
    'empty.txt': '',
    'block.bin': Buffer.alloc(512, 1),
    'big.bin': Buffer.alloc(2_000_000, 'big'),
  })
  scene.workspace.write({ 'bin/run.sh': '#!/bin/sh\n' })
  chmodSync(scene.workspace.path('bin/run.sh'), 0o700)
  const links = whereLinks([
    ['latest.txt', 'data/b.csv'],
    ['bin/first', '../a.txt'],
    ['data/abs', scene.workspace.path('a.txt')],
  ] as const)
  for (const [name, target] of links) scene.workspace.link(name, target)
  const main = await scene.main(archive)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const found = tree(scene.workspace.root)
  const packed = new RegExp(
    `^Packed ${Object.keys(found).length} files \\(2\\.0 MB\\) into files\\.tar\\.gz \\(\\d\\.\\d KB\\)$`,
    'm',
  )
  expect(main.stdout).toMatch(packed)
  const absolute = whereLinks(['data/abs']).map((name) => [name, 'link to ../a.txt'])
  expect(await unpacked(scene, COMMAND)).toEqual({ ...found, ...Object.fromEntries(absolute) })
})

test.concurrent('one file is mounted, and outputs and manifest say what is in it', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'a.txt': 'a', 'data/b.csv': 'b,c' })
  const main = await scene.main({ files: 'a.txt\ndata => /in/', archive: 'always', 'mount-path': '/up' })
  const bytes = readFileSync(mountedArchive(scene).file)
  expect(jsonOutput(main, 'resources')).toMatchObject([
    {
      path: 'files.tar.gz',
      mount_path: '/mnt/session/uploads/up/files.tar.gz',
      size: bytes.length,
      sha256: sha256(bytes),
    },
  ])
  expect(main.outputs).toMatchObject({
    'mounted-count': '2',
    'added-count': '2',
    'total-bytes': String(bytes.length),
    'unpack-command': COMMAND.replace('uploads/files', 'uploads/up/files').replace("uploads'", "uploads/up'"),
  })
  expect(JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))).toMatchObject({
    resources: [{ path: 'files.tar.gz' }],
    packed: [
      { path: 'data/b.csv', archive_path: 'in/data/b.csv', size: 3, sha256: sha256('b,c') },
      { path: 'a.txt', archive_path: 'up/a.txt', size: 1, sha256: sha256('a') },
    ],
  })
  expect(main.summary).toContain('2 files, unpacked by <code>rm -rf')
  const post = await scene.post(main)
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
})

test.concurrent('the command is quoted for the shell', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...archive, 'mount-path': '/it\'s $(touch x) "here"' })
  const command = main.outputs['unpack-command'] ?? ''
  expect(command).toContain(`'/mnt/session/uploads/it'\\''s $(touch x) "here"/files.tar.gz'`)
  expect(await unpacked(scene, command)).toEqual({ 'it\'s $(touch x) "here"/a.txt': `file ${sha256('a')}` })
})

withLinks('a link stays a link where its target is packed, and becomes the file where it is not', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace
    .write({ 'data/a.txt': 'a', 'data/b.txt': 'b', 'data/left.txt': 'left' })
    .link('links/mapped.txt', '../data/b.txt')
    .link('links/left.txt', '../data/left.txt')
    .link('links/named.txt', 'chain.txt')
    .link('links/chain.txt', '../data/a.txt')
  const files = 'data\nlinks\nlinks/named.txt\ndata/b.txt => /x/y/b.txt\n!data/left.txt'
  const main = await scene.main({ files, archive: 'always' })
  expect(main.exitCode).toBe(0)
  expect(await unpacked(scene, COMMAND)).toEqual({
    'data/a.txt': `file ${sha256('a')}`,
    'x/y/b.txt': `file ${sha256('b')}`,
    'links/mapped.txt': 'link to ../x/y/b.txt',
    'links/left.txt': `file ${sha256('left')}`,
    'links/named.txt': 'link to ../data/a.txt',
    'links/chain.txt': 'link to ../data/a.txt',
  })
})

test.concurrent('an archive goes onto a session that is there, beside what it has', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const first = await scene.main({ files: 'a.txt' })
  const id = first.outputs['session-id'] ?? ''
  const on = { 'session-id': id, 'agent-id': '', 'environment-id': '' }
  const second = await scene.main({ ...on, files: '*.txt', archive: 'always', 'mount-path': '/more' })
  expect(second.exitCode).toBe(0)
  expect(Object.keys(scene.mounted(id)).sort()).toEqual([
    '/mnt/session/uploads/a.txt',
    '/mnt/session/uploads/more/files.tar.gz',
  ])
})

test.concurrent('another form than the night before: a warning, and what the earlier archive brought is gone', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write({ 'in/a.txt': 'a', 'in/b.txt': 'b' })
  const night = { files: 'in', 'mount-path': '/data', 'session-name': 'Nightly', cleanup: 'never' }
  const single = await scene.main(night)
  expect(annotations(single, 'warning')).toEqual([])
  const packed = await scene.main({ ...night, archive: 'always' })
  expect(packed.outputs).toMatchObject({ 'mounted-count': '2', 'added-count': '2' })
  expect(annotations(packed, 'warning')).toEqual([
    expect.stringMatching(/as an archive this time.*2 files of it are also mounted singly/),
  ])
  rmSync(scene.workspace.path('in/b.txt'))
  const pruned = await scene.main({ ...night, archive: 'always', prune: 'true' })
  expect(pruned.outputs).toMatchObject({ 'mounted-count': '1', 'replaced-count': '1', 'removed-count': '2' })
  const again = await scene.main({ ...night, archive: 'never' })
  expect(annotations(again, 'warning')).toEqual([expect.stringMatching(/singly this time.*"\/data\/files\.tar\.gz"/)])
})

test.concurrent('what is packed is taken off the runner again', async () => {
  await using scene = await Scene.open()
  using temp = new Workspace()
  scene.workspace.write({ 'a.txt': 'a', 'big.bin': Buffer.alloc(2_000_000, 'big') })
  const main = await scene.main(archive, { env: { RUNNER_TEMP: temp.root } })
  expect(main.exitCode).toBe(0)
  const folders = readdirSync(temp.root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name)).toEqual([])
})
