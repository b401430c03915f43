import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { onPosix } from '../../harness/system.ts'

/** For a test that is over before the workspace is removed: nothing may be left that only root can remove. */
async function withMode(scene: Scene, name: string, mode: number, work: () => Promise<void>): Promise<void> {
  const at = scene.workspace.path(name)
  chmodSync(at, mode)
  try {
    await work()
  } finally {
    chmodSync(at, 0o755)
  }
}

const AS_NOBODY = { asNobody: true }
const UNREADABLE = 'Check the permissions, or exclude what is not wanted'

onPosix('a folder that cannot be read is skipped and named; named by a line it is an error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'pg/base/1.dat': 'x', 'data/pg/2.dat': 'y', 'data/b.txt': 'b' })
  await withMode(scene, 'pg', 0, () =>
    withMode(scene, 'data/pg', 0, async () => {
      const found = await scene.main({ files: '**' }, AS_NOBODY)
      expect(annotations(found, 'error')).toEqual([])
      expect(annotations(found, 'warning')).toEqual([
        `Skipped 2 items that cannot be read: "data/pg" (EACCES), "pg" (EACCES). ${UNREADABLE}`,
      ])
      expect(mountedPaths(scene)).toEqual(['/a.txt', '/data/b.txt'])
      for (const files of ['pg', 'a.txt\npg/**', 'pg/base/1.dat', '["pg/base/1.dat"]', 'data/pg/*.dat']) {
        const named = await scene.main({ files }, AS_NOBODY)
        const name = files.includes('data') ? 'data/pg' : 'pg'
        expect(errorOf(named)).toContain(`"${name}" cannot be read (EACCES). Check its permissions, or exclude it`)
      }
    }),
  )
})

onPosix.each(['!pg', '!pg/', '!pg/**', '!**/pg', '!p*'])(
  'a folder that is excluded by %s is not entered, so that it does not matter what it is',
  async (exclude) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a', 'pg/base/1.dat': 'x' })
    await withMode(scene, 'pg', 0, async () => {
      const main = await scene.main({ files: `**\n${exclude}` }, AS_NOBODY)
      expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
      expect(mountedPaths(scene)).toEqual(['/a.txt'])
    })
  },
)

onPosix('a folder that can be entered but not listed gives what is named in it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'pub/a.txt': 'a', 'pub/b.txt': 'b' })
  await withMode(scene, 'pub', 0o711, async () => {
    const main = await scene.main({ files: 'pub/a.txt\n["x"]' }, AS_NOBODY)
    expect(errorOf(main)).toContain('No files match "["x"]"')
    const named = await scene.main({ files: 'pub/a.txt' }, AS_NOBODY)
    expect(annotations(named, 'error')).toEqual([])
    expect(mountedPaths(scene)).toEqual(['/pub/a.txt'])
  })
})

onPosix('a file that cannot be read is skipped and named; named by a line it is an error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'locked.txt': 'x', 'a.txt': 'a' })
  await withMode(scene, 'locked.txt', 0, async () => {
    const named = await scene.main({ files: 'a.txt\nlocked.txt' }, AS_NOBODY)
    expect(errorOf(named)).toContain('"locked.txt" cannot be read (EACCES); check its permissions, or exclude it')
    expect(scene.emulator.journal()).toEqual([])
    const found = await scene.main({ files: '*.txt' }, AS_NOBODY)
    expect(annotations(found, 'error')).toEqual([])
    expect(annotations(found, 'warning')).toEqual([
      `Skipped 1 item that cannot be read: "locked.txt" (EACCES). ${UNREADABLE}`,
    ])
    expect(mountedPaths(scene)).toEqual(['/a.txt'])
    const only = await scene.main({ files: 'l*' }, AS_NOBODY)
    expect(errorOf(only)).toContain(
      'Nothing to mount is left. Skipped 1 item that cannot be read: "locked.txt" (EACCES)',
    )
  })
})

onPosix('files in a folder that can be listed but not entered are skipped and named', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'list/b.txt': 'b' })
  await withMode(scene, 'list', 0o744, async () => {
    const main = await scene.main({ files: '**' }, AS_NOBODY)
    expect(annotations(main, 'error')).toEqual([])
    expect(annotations(main, 'warning')).toEqual([expect.stringContaining('"list/b.txt" (EACCES)')])
    expect(mountedPaths(scene)).toEqual(['/a.txt'])
  })
})

onPosix('a root that cannot be read is an error', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'sub/a.txt': 'a' })
  await withMode(scene, 'sub', 0, async () => {
    for (const files of ['**', '*.txt', 'a.txt']) {
      const main = await scene.main({ files, root: 'sub' }, AS_NOBODY)
      expect(errorOf(main)).toContain('"." cannot be read (EACCES)')
    }
  })
})

onPosix('a name that is not UTF-8 is skipped, and shown by its bytes', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'sub/b\ufffd.txt': 'a name that only looks like it' })
  const bytes = (name: string) =>
    Buffer.concat([Buffer.from(`${scene.workspace.root}/sub/`), Buffer.from(name, 'latin1')])
  writeFileSync(bytes('caf\xe9.txt'), 'x')
  mkdirSync(bytes('d\xff'))
  const main = await scene.main({ files: '**' })
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(main, 'warning')).toEqual([
    'Skipped 2 names that are not UTF-8: "sub/caf\\xe9.txt", "sub/d\\xff". Rename what is wanted',
  ])
  expect(mountedPaths(scene)).toEqual(['/a.txt', '/sub/b\ufffd.txt'])
  const excluded = await scene.main({ files: '**\n!sub/[cd]*' })
  expect([annotations(excluded, 'error'), annotations(excluded, 'warning')]).toEqual([[], []])
  rmSync(bytes('caf\xe9.txt'))
  rmSync(bytes('d\xff'), { recursive: true })
})

onPosix('a FIFO and a socket are skipped by kind and do not hang; named by a line they are errors', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  spawnSync('mkfifo', [scene.workspace.path('pipe')])
  const socket = createServer().listen(scene.workspace.path('sock'))
  for (const files of ['pipe\nsock', '["pipe", "sock"]']) {
    const main = await scene.main({ files })
    expect(errorOf(main)).toContain('"pipe" is a FIFO, which has no content to mount. Exclude it with "!pipe"')
    expect(errorOf(main)).toContain('"sock" is a socket, which has no content to mount. Exclude it with "!sock"')
  }
  const found = await scene.main({ files: '**' })
  socket.close()
  expect(annotations(found, 'error')).toEqual([])
  expect(annotations(found, 'warning')).toEqual([
    'Skipped 2 items without content: "pipe" is a FIFO, "sock" is a socket',
  ])
  expect(mountedPaths(scene)).toEqual(['/a.txt'])
})

onPosix('a path that is longer than the system takes is skipped, its name cut', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const name = 'n'.repeat(250)
  const deep = `cd "${scene.workspace.root}"; for i in $(seq 20); do mkdir ${name}; cd -P ${name}; done; echo x > f.txt`
  expect(spawnSync('sh', ['-c', deep], { encoding: 'utf8' }).stderr).toBe('')
  const main = await scene.main({ files: '**' })
  expect(annotations(main, 'error')).toEqual([])
  const [warning = '', ...others] = annotations(main, 'warning')
  expect(others).toEqual([])
  expect(warning).toMatch(/^Skipped 1 item that cannot be read: "n{199}…" \(ENAMETOOLONG\)\. /)
  const excluded = await scene.main({ files: '**\n!nnn*' })
  expect([annotations(excluded, 'error'), annotations(excluded, 'warning')]).toEqual([[], []])
  expect(spawnSync('rm', ['-rf', scene.workspace.path(name)]).status).toBe(0)
})

test.concurrent('files that come and go in an excluded folder do not matter', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'tmp/keep': '' })
  let n = 0
  const churn = setInterval(() => {
    for (let i = 0; i < 50; i++) scene.workspace.write({ [`tmp/${n}`]: '' }).remove(`tmp/${n++}`)
  }, 1)
  for (let run = 0; run < 5; run++) {
    const main = await scene.main({ files: '**\n!tmp', 'dry-run': 'true' })
    expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  }
  clearInterval(churn)
})
