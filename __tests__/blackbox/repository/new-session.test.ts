import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { APP_TOKEN, GitHubScene, TOKEN, WORKFLOW_TOKEN } from '../../desired/repository/github-scene.ts'
import { annotations } from '../../harness/annotation.ts'

const APP = { repository: 'octo-org/app' }
const URL_OF_APP = 'https://github.com/octo-org/app'
const MERGED = 'pull_request #42: head feed420, not the merge commit deca420'

const onApp = (checkout?: object, more: object = {}) => ({
  type: 'github_repository',
  url: URL_OF_APP,
  authorization_token: TOKEN,
  ...(checkout === undefined ? {} : { checkout }),
  ...more,
})
const commit = (word: string) => ({ type: 'commit', sha: sha(word) })

test.concurrent('files and the repository in one create, told by outputs, manifest, summary and log', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, files: 'a.txt', 'repository-mount-path': '/workspace/it' }, 'pull-request')

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.scene.requests()).toEqual(['POST /v1/files', 'POST /v1/sessions'])
  const file = { type: 'file', file_id: on.scene.uploads()[0]?.id, mount_path: '/a.txt' }
  expect(on.created()).toEqual([onApp(commit('feed4200'), { mount_path: '/workspace/it' }), file])

  const [session] = on.scene.sessions()
  const mounted = session?.resources.find(({ type }) => type === 'github_repository')
  const id = mounted !== undefined && 'id' in mounted ? mounted.id : undefined
  expect(main.outputs).toMatchObject({
    'session-id': session?.id,
    'session-created': 'true',
    'mounted-count': '1',
    'repository-resource-id': id,
    'repository-mount-path': '/workspace/it',
    'checkout-sha': sha('feed4200'),
    'checkout-ref': '',
  })
  expect(JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))).toMatchObject({
    complete: true,
    repository: {
      resource_id: id,
      mount_path: '/workspace/it',
      url: URL_OF_APP,
      checkout_sha: sha('feed4200'),
      checkout_ref: null,
    },
  })
  expect(main.summary).toContain(`<a href="${URL_OF_APP}/commit/${sha('feed4200')}"><code>feed420</code></a>`)
  expect(main.summary).toContain('<code>/workspace/it</code>')
  expect(main.stdout).toContain(`${URL_OF_APP} → commit ${sha('feed4200')} (${MERGED})\n`)
  expect(main.stdout).toContain(`Mounted 1 file and ${URL_OF_APP} on session ${session?.id}`)
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('a repository alone; post leaves it with the session', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main(APP)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.scene.requests()).toEqual(['POST /v1/sessions'])
  expect(on.created()).toEqual([onApp(commit('c0de0100'))])
  expect(main.outputs).toMatchObject({
    'mounted-count': '0',
    'repository-mount-path': '/workspace/app',
    'checkout-sha': sha('c0de0100'),
  })

  const post = await on.scene.post(main, APP)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(on.scene.sessions()).toMatchObject([{ archived_at: null, resources: [{ url: URL_OF_APP }] }])
})

test.concurrent('session-cleanup: delete takes the session with its repository away', async () => {
  await using on = await GitHubScene.open()
  const inputs = { ...APP, files: 'a.txt', 'session-cleanup': 'delete' }
  const post = await on.scene.post(await on.main(inputs), inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(on.scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

interface Expected {
  readonly checkout?: object
  readonly sha: string
  readonly ref: string
  readonly url?: string
}

const CHECKOUTS: readonly (readonly [string, string, Readonly<Record<string, string>>, Expected])[] = [
  [
    'a branch',
    'push',
    { checkout: 'branch' },
    { checkout: { type: 'branch', name: 'feature/search' }, sha: sha('c0de0100'), ref: 'feature/search' },
  ],
  ['the default branch', 'push', { checkout: 'default' }, { sha: sha('ba5e0100'), ref: 'main' }],
  ['a pushed annotated tag', 'push-tag-annotated', {}, { checkout: commit('7a90c0de'), sha: sha('7a90c0de'), ref: '' }],
  ['a tag by ref', 'push', { ref: 'v2.0.0' }, { checkout: commit('7a90c0de'), sha: sha('7a90c0de'), ref: 'v2.0.0' }],
  [
    'a tag by its full name',
    'push',
    { ref: 'refs/tags/v1.4.0' },
    { checkout: commit('7a900100'), sha: sha('7a900100'), ref: 'v1.4.0' },
  ],
  [
    'a branch by ref',
    'pull-request',
    { ref: 'release/2.x' },
    { checkout: { type: 'branch', name: 'release/2.x' }, sha: sha('de915300'), ref: 'release/2.x' },
  ],
  [
    'a branch by its full name',
    'pull-request',
    { ref: 'refs/heads/main' },
    { checkout: { type: 'branch', name: 'main' }, sha: sha('ba5e0100'), ref: 'main' },
  ],
  [
    'a commit by ref, in capitals',
    'push',
    { ref: sha('FEED4200') },
    { checkout: commit('feed4200'), sha: sha('feed4200'), ref: '' },
  ],
  [
    'the head of a fork, from the fork',
    'pull-request-fork',
    {},
    { checkout: commit('f04c4300'), sha: sha('f04c4300'), ref: '', url: 'https://github.com/stranger/app' },
  ],
  [
    'another repository, by a URL with credentials',
    'push',
    { repository: 'https://x-access-token:ghs_canary@github.com/octo-org/secret.git' },
    { sha: sha('ba5e0200'), ref: 'main', url: 'https://github.com/octo-org/secret' },
  ],
]

test.concurrent.each(CHECKOUTS)('%s (%s)', async (_, event, inputs, { checkout, url, ...expected }) => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, ...inputs }, event)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([onApp(checkout, url === undefined ? {} : { url })])
  expect(main.outputs).toMatchObject({ 'checkout-sha': expected.sha, 'checkout-ref': expected.ref })
  const isCommit = checkout !== undefined && 'sha' in checkout
  const at = isCommit ? `commit ${expected.sha}` : `branch ${expected.ref}, now at ${expected.sha}`
  expect(main.stdout).toContain(` → ${at} (`)
  expect(JSON.stringify(main)).not.toContain('canary')
})

test.concurrent('a tag and a branch of one name: the branch, as git takes it', async () => {
  const both = { owner: 'octo-org', name: 'app', defaultBranch: 'main', commits: [] }
  await using on = await GitHubScene.open({
    repositories: [{ ...both, branches: { v3: sha('c0de0300') }, tags: { v3: sha('7a900300') } }],
  })
  await on.main({ ...APP, ref: 'v3' })
  expect(on.created()).toEqual([onApp({ type: 'branch', name: 'v3' })])
})

test.concurrent('`.` is what is checked out at root', async () => {
  await using on = await GitHubScene.open()
  const { root } = on.scene.workspace
  const folder = GitFolder.initial('git@github.com:octo-org/app.git', root)
  const known = { owner: 'octo-org', name: 'app', defaultBranch: 'main', branches: { main: folder.head() }, tags: {} }
  on.github.addRepository({ ...known, commits: [] })
  const main = await on.main({ repository: '.' }, 'schedule')
  expect(on.created()).toEqual([onApp({ type: 'commit', sha: folder.head() })])
  expect(main.stdout).toContain(`(HEAD ${folder.head().slice(0, 7)} of the work tree at \`root\`)`)
})

test.concurrent('a public repository needs no token, and none is sent', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, 'github-token': '' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const { authorization_token: _, ...without } = onApp(commit('c0de0100'))
  expect(on.created()).toEqual([without])
  expect(on.github.journal().map(({ authorization }) => authorization)).not.toContainEqual(expect.anything())
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('GitHub is asked with the token, for no more than repository and commit', async () => {
  await using on = await GitHubScene.open()
  await on.main(APP)
  expect(on.github.journal()).toEqual(
    ['/repos/octo-org/app', `/repos/octo-org/app/commits/${sha('c0de0100')}`].map((path) => ({
      method: 'GET',
      path,
      authorization: `token ${TOKEN}`,
    })),
  )
})

test.concurrent('without a repository, GitHub is not asked, and the token goes nowhere', async () => {
  await using on = await GitHubScene.open()
  const env = { ...on.env('push'), GITHUB_API_URL: 'not a URL' }
  const main = await on.scene.main({ files: 'a.txt', 'github-token': TOKEN }, { env })
  expect(main.exitCode).toBe(0)
  expect(on.github.journal()).toEqual([])
  expect(JSON.stringify(on.scene.sent())).not.toContain(TOKEN)
})

test.concurrent('dry-run tells what would be checked out, and sends nothing that changes', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, files: 'a.txt', 'dry-run': 'true' }, 'pull-request')
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain(`${URL_OF_APP} → commit ${sha('feed4200')} (${MERGED})`)
  expect(on.scene.requests().filter((line) => !line.startsWith('GET'))).toEqual([])
})

test.concurrent('a create whose reply is lost is found again, with its repository', async () => {
  await using on = await GitHubScene.open()
  on.scene.emulator.addFault({ kind: 'reset-after-commit', match: { method: 'POST', path: 'sessions$' } })
  const main = await on.main(APP)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.scene.sessions()).toHaveLength(1)
  expect(main.outputs).toMatchObject({
    'session-created': 'true',
    'repository-mount-path': '/workspace/app',
    'checkout-sha': sha('c0de0100'),
  })
})

const LIVES_ON = { 'session-cleanup': 'keep' }

test.concurrent.each([
  ['a session that is kept', LIVES_ON, WORKFLOW_TOKEN, 1],
  [
    'a session that is kept if the job goes well',
    { 'session-cleanup': 'delete', cleanup: 'on-failure' },
    WORKFLOW_TOKEN,
    1,
  ],
  ['a session that goes with the job', { 'session-cleanup': 'delete' }, WORKFLOW_TOKEN, 0],
  ['a token of another kind', LIVES_ON, TOKEN, 0],
  ["a GitHub App's token, which begins like the workflow's", LIVES_ON, APP_TOKEN, 0],
  ['no repository', { ...LIVES_ON, repository: '', files: 'a.txt' }, WORKFLOW_TOKEN, 0],
])("the workflow's token dies with the job: %s", async (_, inputs, token, times) => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, ...inputs, 'github-token': token, 'workflow-token': WORKFLOW_TOKEN })
  expect(main.exitCode).toBe(0)
  const warnings = annotations(main, 'warning').filter((text) => /dies with the job/.test(text))
  expect(warnings).toHaveLength(times)
  if (times > 0) expect(warnings[0]).toMatch(/outlives this job.*`github-token`.*renew.*`session-id`/)
})
