import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { withLinks } from '../../harness/system.ts'

test.concurrent.each([
  ['warn', ['No files match "none/*.md". There is no folder "none". Did an earlier step create it?']],
  ['ignore', []],
])('if-no-files-found: %s goes on with the other patterns', async (ifNoFilesFound, warnings) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const main = await scene.main({ files: 'a.txt\nnone/*.md\nb.txt', 'if-no-files-found': ifNoFilesFound })
  expect(main.exitCode).toBe(0)
  expect(annotations(main, 'warning')).toEqual(warnings)
  for (const line of ['a.txt → 1 file', 'none/*.md → 0 files']) expect(main.stdout).toContain(`${line}\n`)
  expect(mountedPaths(scene)).toEqual(['/a.txt', '/b.txt'])
})

withLinks('a broken link that a wildcard finds is left out and named; one that is named is an error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' }).link('broken.txt', 'nowhere')
  const named = await scene.main({ files: 'a.txt\nbroken.txt' })
  expect(errorOf(named)).toContain('"broken.txt" is a symbolic link to something that does not exist')
  expect(scene.emulator.journal()).toEqual([])
  for (const follow of ['false', 'true']) {
    const found = await scene.main({ files: '*.txt', 'follow-symbolic-links': follow })
    expect(found.exitCode).toBe(0)
    expect(annotations(found, 'warning')).toEqual(['Skipped 1 broken symbolic link: "broken.txt"'])
    expect(found.outputs['mounted-count']).toBe('1')
  }
})

withLinks('a linked folder is named and left; followed, a loop ends and each real file is mounted once', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'sub/b.txt': 'b' }).link('sub/loop', '..').link('again', 'sub')
  const plain = await scene.main({ files: '**' })
  expect(plain.exitCode).toBe(0)
  const [warning, ...more] = annotations(plain, 'warning')
  expect(more).toEqual([])
  expect(warning).toBe(
    'Skipped 2 symbolic links to folders: "again", "sub/loop". To follow links, name them, or set `follow-symbolic-links: true`',
  )
  expect(mountedPaths(scene)).toEqual(['/a.txt', '/sub/b.txt'])

  const followed = await scene.main({ files: '**', 'follow-symbolic-links': 'true' })
  expect(followed.exitCode).toBe(0)
  const [, session] = scene.sessions()
  const mounted = Object.values(scene.mounted(session?.id ?? ''))
  expect(new Set(mounted.map(({ sha256 }) => sha256)).size).toBe(2)
  expect(mounted).toHaveLength(2)
})

withLinks('a link to a file inside the root is mounted under its own name', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'builds/42/app.log': 'log' }).link('latest.log', 'builds/42/app.log')
  const main = await scene.main({ files: 'latest.log' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['/latest.log'])
})

withLinks('links that are broken or lead out are nobody’s concern in hidden folders', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', '.venv/lib/b.txt': 'b' })
  scene.workspace.link('.venv/python', '/bin/sh').link('.venv/gone', 'nowhere')
  const { main } = await scene.job({ files: '**' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.outputs['mounted-count']).toBe('1')
  expect(annotations(main, 'warning')).toEqual([
    'Skipped 1 hidden file: ".venv/lib/b.txt". To mount them, set `include-hidden-files: true`',
  ])
  const asked = await scene.main({ files: '**', 'include-hidden-files': 'true' })
  expect(errorOf(asked)).toMatch(/"\.venv\/python" leads to ".*", which is outside `root`/)
})
