import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { changes, GitHubScene, mountedCommit } from '../../desired/repository/github-scene.ts'
import { messages, say } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Gateway } from '../../harness/gateway.ts'

/** The commits of the events `push` and `pull-request`. */
const [PUSHED, HEAD] = [sha('c0de0100'), sha('feed4200')]
const NAME = 'PR #42'
const REVIEW = { repository: 'octo-org/app', 'session-name': NAME, 'on-new-commit': 'recreate', files: 'a.txt' }

const live = ({ scene }: GitHubScene) => scene.sessions().filter((each) => each.archived_at === null)
const ARCHIVE = 'POST /v1/sessions/{sesn}/archive'

/** The session that the name means, as a run with nothing to change finds it. */
async function meant(on: GitHubScene): Promise<string | undefined> {
  const main = await on.scene.main({ 'session-name': NAME, files: 'a.txt', 'dry-run': 'true' })
  return /on session (\S+?)(;|\n)/.exec(main.stdout)?.[1]
}

test.concurrent('a new commit: a new session with the name, everything mounted anew, and the old one archived', async () => {
  await using on = await GitHubScene.open()
  const old = (await on.main(REVIEW)).outputs['session-id'] ?? ''
  const before = changes(on).length
  const main = await on.main({ ...REVIEW, prompt: 'Review it.' }, 'pull-request')
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const id = main.outputs['session-id'] ?? ''
  expect(id).not.toBe(old)
  expect(main.outputs).toMatchObject({
    'session-created': 'true',
    'checkout-sha': HEAD,
    'mounted-sha': HEAD,
    'mounted-count': '1',
  })
  expect(changes(on).slice(before)).toEqual([
    'POST /v1/files',
    'POST /v1/sessions',
    ARCHIVE,
    'POST /v1/sessions/{sesn}/events',
  ])
  expect(live(on)).toMatchObject([{ id, title: NAME, metadata: { 'session-mount-replaces': old } }])
  expect(main.stdout).toContain(`  replace    session ${old}, which is archived then\n`)
  expect(main.stdout).toContain(`Archived session ${old}, whose name the new one has\n`)
  const post = await on.scene.post(main, REVIEW)
  expect(annotations(post, 'warning')).toEqual([])
  expect(live(on)).toMatchObject([{ id }])
  expect(await meant(on)).toBe(id)
})

test.concurrent('the same commit: the session stays, and its token is renewed', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mountedCommit(PUSHED)], NAME)
  const main = await on.main(REVIEW)
  expect(main.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false' })
  expect(live(on)).toHaveLength(1)
})

test.concurrent('an old session whose agent is at work is interrupted, and archived', async () => {
  await using on = await GitHubScene.open({}, { agentScript: 'silent' })
  const old = await on.earlier([mountedCommit(PUSHED)], NAME)
  await say(on.scene, old, 'Look at the old commit.')
  const main = await on.main(REVIEW, 'pull-request')
  expect(main.exitCode).toBe(0)
  expect(live(on)).toMatchObject([{ id: main.outputs['session-id'] }])
  expect(await messages(on.scene, old)).toEqual(['Look at the old commit.'])
})

test.concurrent('another repository is refused before any upload', async () => {
  await using on = await GitHubScene.open()
  await on.earlier([mountedCommit(PUSHED, { url: 'https://github.com/stranger/app' })], NAME)
  const main = await on.main(REVIEW)
  expect(errorOf(main)).toMatch(/cannot be added.*; mount onto a new session\nNothing was changed\.$/)
  expect(changes(on)).toEqual([])
})

test.concurrent('a run that fails at the new session leaves the old one as it was', async () => {
  await using on = await GitHubScene.open()
  const old = await on.earlier([mountedCommit(PUSHED)], NAME)
  const [before] = on.scene.sessions()
  on.scene.emulator.addFault({ kind: 'status', status: 400, match: { method: 'POST', path: '^/v1/sessions$' } })
  const main = await on.main(REVIEW, 'pull-request')
  expect(main.exitCode).toBe(1)
  await on.scene.post(main, REVIEW)
  expect(on.scene.sessions()).toEqual([before])
  expect(on.scene.uploads()).toEqual([])
  expect(await meant(on)).toBe(old)
})

test.concurrent('a run whose new session lacks a file takes it back: the name means the old one again', async () => {
  await using on = await GitHubScene.open()
  const old = await on.earlier([mountedCommit(PUSHED)], NAME)
  const [before] = on.scene.sessions()
  await using gateway = await Gateway.start(on.scene.emulator.url, ({ method, target, body }) => {
    if (method !== 'POST' || target !== '/v1/sessions') return undefined
    const session = JSON.parse(body.toString()) as { resources: { type: string }[] }
    return { body: JSON.stringify({ ...session, resources: session.resources.filter(({ type }) => type !== 'file') }) }
  })
  const inputs = { ...REVIEW, 'base-url': gateway.url }
  const main = await on.main(inputs, 'pull-request')
  expect(errorOf(main)).toContain('not where it was asked for')
  expect(await meant(on)).toBe(main.outputs['session-id'])
  await on.scene.post(main, inputs)
  expect(on.scene.sessions()).toEqual([before])
  expect(await meant(on)).toBe(old)
})

test.concurrent.each(['always', 'never'])(
  'where the old one cannot be archived, the name means the new one, and post archives it: cleanup: %s',
  async (cleanup) => {
    await using on = await GitHubScene.open()
    const old = await on.earlier([mountedCommit(PUSHED)], NAME)
    on.scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'POST', path: '/archive$' } })
    const inputs = { ...REVIEW, cleanup }
    const main = await on.main(inputs, 'pull-request')
    expect(main.exitCode).toBe(0)
    expect(annotations(main, 'warning')).toEqual([
      expect.stringMatching(new RegExp(`session ${old}, which the new one replaces, could not be archived`)),
    ])
    expect(live(on)).toHaveLength(2)
    expect(await meant(on)).toBe(main.outputs['session-id'])
    on.scene.emulator.clearFaults()
    const post = await on.scene.post(main, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(live(on)).toMatchObject([{ id: main.outputs['session-id'] }])
  },
)

test.concurrent('what a run left that died before it archived is archived by the next', async () => {
  await using on = await GitHubScene.open()
  const old = await on.earlier([mountedCommit(PUSHED)], NAME)
  on.scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'POST', path: '/archive$' } })
  const dead = await on.main(REVIEW, 'pull-request')
  expect(live(on).map(({ id }) => id)).toEqual([old, dead.outputs['session-id']])
  on.scene.emulator.clearFaults()
  const main = await on.main({ ...REVIEW, ref: sha('deca4200') }, 'push')
  expect(main.exitCode).toBe(0)
  expect(live(on)).toMatchObject([{ id: main.outputs['session-id'] }])
})

test.concurrent('of two runs that replace one session at the same time, the second takes what the first has made', async () => {
  await using on = await GitHubScene.open()
  await on.earlier([mountedCommit(PUSHED)], NAME)
  const inputs = { ...REVIEW, files: '', prompt: 'Review it.' }
  const [a, b] = await Promise.all([on.main(inputs, 'pull-request'), on.main(inputs, 'pull-request')])
  expect([a.exitCode, b.exitCode]).toEqual([0, 0])
  expect(live(on)).toMatchObject([{ id: a.outputs['session-id'] }])
  expect(b.outputs['session-id']).toBe(a.outputs['session-id'])
  expect(await messages(on.scene, a.outputs['session-id'] ?? '')).toHaveLength(2)
})

test.concurrent('a session that another job has just made for another commit is not replaced', async () => {
  await using on = await GitHubScene.open()
  await on.earlier([mountedCommit(sha('deca4200'))], NAME)
  let first: Awaited<ReturnType<typeof on.main>> | undefined
  await using gateway = await Gateway.start(on.scene.emulator.url, async ({ method, target }) => {
    if (method === 'POST' && target.startsWith('/v1/files') && first === undefined) first = await on.main(REVIEW)
    return undefined
  })
  const main = await on.main({ ...REVIEW, 'base-url': gateway.url }, 'pull-request')
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('another job has just created the session; run this job again')
  await on.scene.post(main, { ...REVIEW, 'base-url': gateway.url })
  expect(live(on)).toMatchObject([{ id: first?.outputs['session-id'] }])
})
