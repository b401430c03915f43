import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitHubScene, TOKEN, WORKFLOW_TOKEN } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

const APP = 'https://github.com/octo-org/app'
const COMMIT = { type: 'commit', sha: sha('c0de0100') }
const EXISTING = { 'agent-id': '', 'environment-id': '', repository: 'octo-org/app' }

const mounted = (checkout?: object, more: object = {}) => ({
  type: 'github_repository',
  url: APP,
  ...(checkout === undefined ? {} : { checkout }),
  ...more,
})

/** What the action sent that changes something. */
const changes = (on: GitHubScene) => on.scene.requests().filter((line) => !line.startsWith('GET'))

const ROTATE = 'POST /v1/sessions/{sesn}/resources/{sesrsc}'

test.concurrent('the repository that is there gets another token, and files are added beside it', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mounted(COMMIT, { mount_path: '/workspace/elsewhere' })])
  const inputs = { ...EXISTING, 'session-id': id, files: 'a.txt' }
  const main = await on.main(inputs)

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual(['POST /v1/files', ROTATE, 'POST /v1/sessions/{sesn}/resources'])
  const rotation = on.scene.sent().find(({ path }) => /\/resources\/sesrsc/.test(path))
  expect(rotation?.body).toEqual({ authorization_token: TOKEN })
  expect(rotation?.path).toBe(`/v1/sessions/${id}/resources/${main.outputs['repository-resource-id']}`)
  expect(main.outputs).toMatchObject({
    'session-id': id,
    'session-created': 'false',
    'repository-mount-path': '/workspace/elsewhere',
    'checkout-sha': sha('c0de0100'),
    'mounted-count': '1',
  })
  expect(main.stdout).toContain(`  replace    the token of ${APP}, which is on the session already\n`)
  expect(annotations(main, 'warning')).toEqual([])

  const post = await on.scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(on.scene.sessions()).toMatchObject([{ id, resources: [{ type: 'github_repository', url: APP }] }])
})

test.concurrent('a second run with nothing but the repository renews the token that the first one gave', async () => {
  await using on = await GitHubScene.open()
  const first = await on.main({ repository: 'octo-org/app', 'github-token': WORKFLOW_TOKEN })
  const id = first.outputs['session-id'] ?? ''
  const second = await on.main({ ...EXISTING, 'session-id': id })
  expect(second).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual(['POST /v1/sessions', ROTATE])
  expect(second.outputs['repository-resource-id']).toBe(first.outputs['repository-resource-id'])
})

test.concurrent.each([
  ['a branch', { checkout: 'branch' }, { type: 'branch', name: 'feature/search' }, 'feature/search'],
  ['a branch by ref', { ref: 'main' }, { type: 'branch', name: 'main' }, 'main'],
  ['a tag, as its commit', { ref: 'v2.0.0' }, { type: 'commit', sha: sha('7a90c0de') }, 'v2.0.0'],
  ['a commit in capitals', {}, { type: 'commit', sha: sha('C0DE0100') }, ''],
  ['the default branch', { checkout: 'default' }, undefined, 'main'],
  ['the default branch by its name', { checkout: 'default' }, { type: 'branch', name: 'main' }, 'main'],
])('the same checkout: %s', async (_, inputs, checkout, ref) => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([
    mounted({ type: 'commit', sha: sha('feed4200') }, { mount_path: '/workspace/other' }),
    mounted(checkout),
  ])
  const main = await on.main({ ...EXISTING, ...inputs, 'session-id': id })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.outputs).toMatchObject({ 'repository-mount-path': '/workspace/app', 'checkout-ref': ref })
  expect(changes(on)).toEqual([ROTATE])
})

const WAYS =
  ', or set `on-new-commit`: with `fetch` the prompt has the agent fetch the commit, with `recreate` a new session takes the name of this one'

const FORK = { type: 'github_repository', url: 'https://github.com/stranger/app', mount_path: '/workspace/fork' }

test.concurrent.each([
  ['nothing', [], 'it has none'],
  ['another commit', [mounted({ type: 'commit', sha: sha('feed4200') })], `it has ${APP} at commit ${sha('feed4200')}`],
  ['a branch', [mounted({ type: 'branch', name: 'main' })], `it has ${APP} at branch main`],
  ['the default branch', [mounted()], `it has ${APP} at its default branch`],
  [
    'two others',
    [{ ...FORK, checkout: COMMIT }, mounted()],
    `it has https://github.com/stranger/app at commit ${sha('c0de0100')}, ${APP} at its default branch`,
  ],
])('where %s is mounted, the repository is refused before any upload', async (_, resources, has) => {
  await using on = await GitHubScene.open()
  const id = await on.earlier(resources)
  const main = await on.main({ ...EXISTING, 'session-id': id, files: 'a.txt' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toBe(
    `session ${id}: ${APP} at commit ${sha('c0de0100')} cannot be added: repositories can only be given when a session is created, and ${has}; mount onto a new session${has.includes(APP) ? WAYS : ''}\nNothing was changed.`,
  )
  expect(changes(on)).toEqual([])
  expect(main.outputs).toMatchObject({ 'repository-resource-id': '', 'checkout-sha': '' })
})

test.concurrent('by name: created with the repository if it is missing, renewed if it is there, refused otherwise', async () => {
  await using on = await GitHubScene.open()
  const inputs = { repository: 'octo-org/app', 'session-name': 'Review', files: 'a.txt' }
  const first = await on.main(inputs)
  expect(first.outputs['session-created']).toBe('true')
  expect(on.created()).toContainEqual(mounted(COMMIT, { authorization_token: TOKEN }))
  await on.scene.post(first, inputs)

  const second = await on.main(inputs)
  expect(second).toMatchObject({ exitCode: 0, stderr: '' })
  expect(second.outputs).toMatchObject({ 'session-id': first.outputs['session-id'], 'session-created': 'false' })
  expect(changes(on).filter((line) => line === ROTATE)).toHaveLength(1)
  await on.scene.post(second, inputs)

  const before = changes(on).length
  const third = await on.main(inputs, 'pull-request')
  expect(errorOf(third)).toContain(`${APP} at commit ${sha('feed4200')} cannot be added`)
  expect(changes(on)).toHaveLength(before)
})

test.concurrent('without a token there is nothing to renew, and the log does not say so', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mounted(COMMIT)])
  const main = await on.main({ ...EXISTING, 'session-id': id, 'github-token': '' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual([])
  expect(main.outputs['repository-mount-path']).toBe('/workspace/app')
  expect(main.stdout).toContain(`  unchanged  ${APP}, which is on the session already`)
  expect(main.stdout).not.toContain('renew its token')
})

test.concurrent('a workflow token on a session that was there before is warned about, once', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mounted(COMMIT)])
  const inputs = { ...EXISTING, 'session-id': id, 'github-token': WORKFLOW_TOKEN, 'workflow-token': WORKFLOW_TOKEN }
  const main = await on.main(inputs)
  expect(main.exitCode).toBe(0)
  expect(annotations(main, 'warning')).toEqual([expect.stringMatching(/dies with the job/)])
})

test.concurrent('a renewal that the service refuses fails the step, says for what, and post takes the rest back', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mounted(COMMIT)])
  on.scene.emulator.addFault({ kind: 'status', status: 400, match: { method: 'POST', path: '/resources/sesrsc' } })
  const inputs = { ...EXISTING, 'session-id': id, files: 'a.txt' }
  const main = await on.main(inputs)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /token.*https:\/\/github\.com\/octo-org\/app|https:\/\/github\.com\/octo-org\/app.*token/,
  )
  const post = await on.scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(on.scene.uploads()).toEqual([])
})

test.concurrent('dry-run renews nothing', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([mounted(COMMIT)])
  const main = await on.main({ ...EXISTING, 'session-id': id, 'dry-run': 'true' })
  expect(main.exitCode).toBe(0)
  expect(changes(on)).toEqual([])
})
