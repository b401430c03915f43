import type { ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { onPosix, whereLinks } from '../../harness/system.ts'
import { sha256, type Workspace } from '../../harness/workspace.ts'

const BIG = Buffer.alloc(24_000_000, 'big')

/** A line so slow that a large file is still being read when the test touches it: more than sockets buffer. */
const SLOW = { bytesPerSecond: 12_000_000 }

/** Whether a process has a file open, as far as the system tells. */
function hasOpen({ pid }: ChildProcess, file: string): boolean {
  if (process.platform !== 'linux') return true
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`) === file
    } catch {
      return false
    }
  })
}

/** Runs main, and touches the workspace as soon as the first upload has begun to arrive, and its file is open. */
async function touchWhileSending(scene: Scene, files: string, touch: (workspace: Workspace) => void) {
  let running = true
  let child: ChildProcess | undefined
  const onStart = (started: ChildProcess) => {
    child = started
  }
  const main = scene.main({ files, concurrency: '1' }, { onStart }).finally(() => {
    running = false
  })
  const isSending = () =>
    scene.sent().length > 0 && child !== undefined && hasOpen(child, scene.workspace.path('big.bin'))
  while (running && !isSending()) await sleep(10)
  touch(scene.workspace)
  return main
}

const WHILE_SENT: readonly (readonly [string, (workspace: Workspace) => void])[] = [
  ['grows', (workspace) => appendFileSync(workspace.path('big.bin'), 'more')],
  ['shrinks', (workspace) => truncateSync(workspace.path('big.bin'), 1000)],
  ['is emptied', (workspace) => truncateSync(workspace.path('big.bin'), 0)],
  [
    'is rewritten in place',
    (workspace) => void writeSync(openSync(workspace.path('big.bin'), 'r+'), 'BIG', 23_000_000),
  ],
]

test.concurrent.each(WHILE_SENT)(
  'a file that %s while it is sent: said so, and nothing of it is left',
  async (_, touch) => {
    await using scene = await Scene.open(SLOW)
    scene.workspace.write({ 'big.bin': BIG })
    const main = await touchWhileSending(scene, 'big.bin', touch)
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/"big\.bin" changed while it was being uploaded/)
    expect(scene.sent().map(({ path }) => path)).toEqual(['/v1/files'])
    const post = await scene.post(main)
    expect(post.exitCode).toBe(0)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

const WHILE_WAITING: readonly (readonly [string, (workspace: Workspace) => void])[] = [
  ['is removed', (workspace) => rmSync(workspace.path('next.txt'))],
  [
    'is replaced',
    (workspace) => {
      workspace.write({ 'new.tmp': 'other' })
      renameSync(workspace.path('new.tmp'), workspace.path('next.txt'))
    },
  ],
  ...whereLinks<(typeof WHILE_SENT)[number]>([
    [
      'becomes a link elsewhere',
      (workspace) => {
        rmSync(workspace.path('next.txt'))
        workspace.link('next.txt', '/etc/hostname')
      },
    ],
  ]),
]

test.concurrent.each(WHILE_WAITING)(
  'a file that %s before its turn: said so, the rest is taken back',
  async (_, touch) => {
    await using scene = await Scene.open(SLOW)
    scene.workspace.write({ 'big.bin': BIG, 'next.txt': 'next.' })
    const main = await touchWhileSending(scene, 'big.bin\nnext.txt', touch)
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/"next\.txt" changed while it was being uploaded/)
    const post = await scene.post(main)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

// Windows does not replace a file that is open.
onPosix('a file that is replaced while it is sent arrives whole, as it was', async () => {
  await using scene = await Scene.open(SLOW)
  scene.workspace.write({ 'big.bin': BIG })
  const main = await touchWhileSending(scene, 'big.bin', (workspace) => {
    workspace.write({ 'new.tmp': 'other' })
    renameSync(workspace.path('new.tmp'), workspace.path('big.bin'))
  })
  expect(annotations(main, 'error')).toEqual([])
  expect(Object.values(scene.mounted(main.outputs['session-id'] ?? ''))).toMatchObject([{ sha256: sha256(BIG) }])
})
