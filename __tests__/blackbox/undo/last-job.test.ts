import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { archiveSession } from '../../harness/service.ts'

const NAMED = { 'session-name': 'Shared', cleanup: 'always' } as const

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

test.concurrent.each(['archive', 'delete'] as const)(
  'a session that its creator has left to others is ended by the last of them, if that says `session-cleanup: %s` as well',
  async (end) => {
    await using scene = await openScene()
    const inputs = { ...NAMED, 'session-cleanup': end }
    const first = { ...inputs, files: 'a.txt' }
    const second = { ...inputs, files: 'b.txt' }
    const [one, two] = [await scene.main(first), await scene.main(second)]
    await scene.post(one, first)
    expect(scene.sessions()).toMatchObject([{ archived_at: null, resources: [{}] }])
    const post = await scene.post(two, second)
    expect(post.stdout).toContain('Removed 1 mounted file, 1 session, 1 upload')
    expect(annotations(post, 'warning')).toEqual([])
    const left = scene.sessions().map(({ archived_at, resources }) => ({ isArchived: archived_at !== null, resources }))
    expect(left).toEqual(end === 'archive' ? [{ isArchived: true, resources: [] }] : [])
  },
)

test.concurrent.each(['keep', 'archive'] as const)(
  'the last job does not end a session that its creator means to delete, if it says `session-cleanup: %s` itself',
  async (end) => {
    await using scene = await openScene()
    const first = { ...NAMED, files: 'a.txt', 'session-cleanup': 'delete' }
    const second = { ...NAMED, files: 'b.txt', 'session-cleanup': end }
    const [one, two] = [await scene.main(first), await scene.main(second)]
    await scene.post(one, first)
    await scene.post(two, second)
    expect(scene.sessions()).toMatchObject([{ archived_at: null, resources: [] }])
  },
)

test.concurrent.each([
  [
    'the creator cannot say how',
    0,
    { method: 'POST', path: '^/v1/sessions/[^/]+$' },
    'The last job that uses session ID will not end it: ',
  ],
  [
    'the last job cannot see whether a file is on it',
    1,
    { method: 'GET', path: '/resources$' },
    'Session ID stays, whether it is still in use or not: ',
  ],
] as const)('where %s, the session stays, and the log says why', async (_, which, match, line) => {
  await using scene = await openScene()
  const inputs = { ...NAMED, 'session-cleanup': 'delete' }
  const jobs = ['a.txt', 'b.txt'].map((files) => ({ ...inputs, files }))
  const mains = []
  for (const job of jobs) mains.push(await scene.main(job))
  const [session] = scene.sessions()
  const posts = []
  for (const [index, main] of mains.entries()) {
    if (index === which) scene.emulator.addFault({ kind: 'status', status: 403, match, times: 99 })
    posts.push(await scene.post(main, jobs[index]))
  }
  expect(posts.flatMap((post) => annotations(post, 'warning'))).toEqual([])
  expect(posts[which]?.stdout).toContain(line.replace('ID', session?.id ?? ''))
  expect(scene.emulator.snapshot()).toMatchObject({
    files: [],
    sessions: [{ id: session?.id, resources: [], archived_at: null }],
  })
})

test.concurrent('no job but the creator ends a session whose creator is not done with it', async () => {
  await using scene = await openScene()
  const inputs = { ...NAMED, 'session-cleanup': 'delete' }
  const [first, second] = [
    { ...inputs, files: 'a.txt' },
    { ...inputs, files: 'a.txt' },
  ]
  const [one, two] = [await scene.main(first), await scene.main(second)]
  await scene.post(two, second)
  expect(scene.sessions()).toMatchObject([{ archived_at: null }])
  const post = await scene.post(one, first)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('what another job has mounted with the same content goes before the session is archived', async () => {
  await using scene = await openScene()
  const first = { files: 'a.txt', 'session-cleanup': 'archive' }
  const one = await scene.main(first)
  const second = { files: 'a.txt', 'session-id': one.outputs['session-id'] ?? '' }
  const two = await scene.main(second)
  await scene.post(two, second)
  const post = await scene.post(one, first)
  expect(annotations(post, 'warning')).toEqual([])
  const [session] = scene.sessions()
  expect(session).toMatchObject({ resources: [] })
  expect(session?.archived_at).not.toBeNull()
})

test.concurrent.each(['running', 'archived'])(
  'post warns of no file that another job has removed from a session that is %s by now',
  async (state) => {
    await using scene = await openScene()
    const first = { ...NAMED, files: '*.txt', 'cleanup-wait': '0' }
    const one = await scene.main(first)
    const id = one.outputs['session-id'] ?? ''
    await scene.main({ ...NAMED, files: 'b.txt', prune: 'true', cleanup: 'never' })
    if (state === 'running') scene.emulator.setSessionStatus(id, 'running')
    else await archiveSession(scene.emulator, id)
    const post = await scene.post(one, first)
    expect(annotations(post, 'warning')).toEqual([])
    expect(post.stdout).toContain('Already gone: 2 mounted files')
  },
)
