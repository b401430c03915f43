import { expect, test } from '@jest/globals'
import type { GitHubStatus } from '../../../emulator/github/github.ts'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene, PUBLIC_TOKEN, WORKFLOW_TOKEN } from '../../desired/repository/github-scene.ts'
import { answering, onlyTheRepository } from '../../desired/repository/odd-github.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import type { StepResult } from '../../harness/step.ts'

type Inputs = Readonly<Record<string, string>>

const APP = { repository: 'octo-org/app', files: 'a.txt' }

/** Refused before the service hears of it; returns the message. */
function refusalOf(on: GitHubScene, main: StepResult): string {
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(on.scene.emulator.journal()).toEqual([])
  expect(main.outputs).toMatchObject({ 'session-id': '', 'repository-resource-id': '', 'checkout-sha': '' })
  return errorOf(main)
}

const missing = (what: string) =>
  `${what} was not found in octo-org/app on GitHub: was it pushed, or has it been deleted since?\nNothing was changed.`

const REFUSED: readonly (readonly [string, string, Inputs, string | RegExp])[] = [
  [
    'a repository that is not there',
    'push',
    { repository: 'octo-org/nothing' },
    /^repository octo-org\/nothing was not found on GitHub: it does not exist, or the `github-token` may not see it: it needs `contents: read` of it, and that of a workflow sees its own repository only\n/,
  ],
  [
    'a private repository that the token does not see',
    'push',
    { repository: 'octo-org/secret', 'github-token': PUBLIC_TOKEN },
    /^repository octo-org\/secret was not found on GitHub: it does not exist, or the `github-token` may not see it/,
  ],
  [
    'a private repository without a token',
    'push',
    { repository: 'octo-org/secret', 'github-token': '' },
    /^repository octo-org\/secret was not found on GitHub: it does not exist, or it is private and needs a `github-token`\n/,
  ],
  [
    'a token that is wrong',
    'push',
    { 'github-token': 'ghp_expired' },
    /^repository octo-org\/app: the `github-token` was refused \(401\): it is wrong or has expired\n/,
  ],
  [
    'a token without single sign-on',
    'push',
    { repository: 'guarded/app' },
    /^repository guarded\/app: the organization requires that the `github-token` is authorized for single sign-on \(403\): open https:\/\/github\.com\/orgs\/guarded\/sso\n/,
  ],
  ['a commit that is not there', 'merge-group', { ref: sha('0bad0bad') }, missing(`commit ${sha('0bad0bad')}`)],
  ['a branch that was deleted', 'pull-request', { ref: 'refs/heads/gone' }, missing('branch "gone"')],
  ['a tag that is not there', 'push', { ref: 'refs/tags/v9' }, missing('branch or tag "v9"')],
  ['a ref that is not there', 'push', { ref: 'v9' }, missing('branch or tag "v9"')],
  [
    'a short SHA that the event knows',
    'pull-request',
    { ref: 'feed420' },
    `ref "feed420" is a short SHA, which may come to mean another commit; give the full one: ${sha('feed4200')}\nNothing was changed.`,
  ],
  [
    'a short SHA that GitHub knows',
    'push',
    { ref: 'feed420' },
    `ref "feed420" is a short SHA, which may come to mean another commit; give the full one: ${sha('feed4200')}\nNothing was changed.`,
  ],
  ['a short SHA that nobody knows', 'push', { ref: '0bad0bad' }, missing('branch or tag "0bad0bad"')],
  [
    'the head of a pull request by its ref',
    'push',
    { ref: 'refs/pull/1/head' },
    /branches and commits only; give the full SHA/,
  ],
  [
    'the head of a fork that was deleted',
    'pull-request-fork-deleted',
    {},
    /^pull_request #44: the fork .* was deleted, so nothing can be cloned/,
  ],
  [
    'a deleted branch',
    'push-branch-deleted',
    {},
    /^push that deleted refs\/heads\/feature\/old is about no commit; set `ref`/,
  ],
  ['the branch of a tag', 'push-tag', { checkout: 'branch' }, /^push is about tag v1\.4\.0, not a branch/],
  [
    '`.` without a checkout',
    'push',
    { repository: '.' },
    /^repository "\." is the checkout at `root`, but there is no git work tree/,
  ],
]

test.concurrent.each(REFUSED)('%s (%s) is refused before anything is sent', async (_, event, inputs, message) => {
  await using on = await GitHubScene.open()
  const text = refusalOf(on, await on.main({ ...APP, ...inputs }, event))
  if (typeof message === 'string') expect(text).toBe(message)
  else expect(text).toMatch(message)
  expect(text).toMatch(/\nNothing was changed\.$/)
})

test.concurrent.each([
  ['the repository', undefined],
  ['more of it than that it is there', onlyTheRepository],
])('a token that may not read %s', async (_, isWell) => {
  await using on = await GitHubScene.open()
  using github = await answering(on, 403, { message: 'Resource not accessible by integration' }, isWell)
  const text = refusalOf(on, await on.main(APP, 'push', github.env))
  expect(text).toMatch(
    /^repository octo-org\/app: the `github-token` may not read this repository \(403\): it needs `contents: read` of it\n/,
  )
})

test.concurrent.each([
  [
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    'its rate limit is reached',
  ],
  [
    'Although you appear to have the correct authorization credentials, the `octo-org` organization has an IP allow list enabled, and 127.0.0.1 is not permitted to access this resource.',
    "the organization's IP allow list does not have this runner",
  ],
])('a 403 that says nothing of the token is let through: %s', async (message, why) => {
  await using on = await GitHubScene.open()
  using github = await answering(on, 403, { message })
  const main = await on.main(APP, 'push', github.env)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([expect.stringContaining(`(${why}); mounting it unchecked`)])
})

test.concurrent.each([
  ['does not answer for the commit', 502, {}, onlyTheRepository, 'GitHub answered 502'],
  ['answers with no repository', 200, { message: 'hello' }, undefined, 'the answer is not GitHub’s'],
  [
    'calls the repository by no name',
    200,
    { full_name: 'app', default_branch: 'main' },
    undefined,
    'the answer is not GitHub’s',
  ],
])('a GitHub that %s is let through', async (_, status, body, isWell, why) => {
  await using on = await GitHubScene.open()
  using github = await answering(on, status, body, isWell)
  const main = await on.main(APP, 'push', github.env)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([expect.stringContaining(`(${why}); mounting it unchecked`)])
})

test.concurrent.each(['https://ghe.example.com', 'https://octo.ghe.com'])('%s is not github.com', async (server) => {
  await using on = await GitHubScene.open()
  const text = refusalOf(on, await on.main(APP, 'push', { GITHUB_SERVER_URL: server }))
  expect(text).toBe(
    `repository: this workflow runs on ${server}, but sessions can only clone from https://github.com; mount \`files\` instead\nNothing was changed.`,
  )
  expect(on.github.journal()).toEqual([])
  const main = await on.main({ files: 'a.txt' }, 'push', { GITHUB_SERVER_URL: server })
  expect(main.exitCode).toBe(0)
})

test.concurrent.each([
  [
    'a HEAD that was not pushed',
    'git@github.com:octo-org/app',
    /^commit [0-9a-f]{40} was not found in octo-org\/app on GitHub: was it pushed/,
  ],
  [
    'another host',
    'https://x:ghs_canary@gitlab.com/octo-org/app',
    /remote of the work tree at `root` is on gitlab\.com/,
  ],
  ['no remote', undefined, /has no remote `origin`/],
])('`.` with %s', async (_, remote, message) => {
  await using on = await GitHubScene.open()
  GitFolder.initial(remote, on.scene.workspace.root)
  const main = await on.main({ ...APP, repository: '.' }, 'schedule')
  expect(refusalOf(on, main)).toMatch(message)
  expect(JSON.stringify(main)).not.toContain('canary')
})

const RATE_LIMIT = /its rate limit is reached/

const AWAY: readonly (readonly [GitHubStatus, RegExp])[] = [
  ['rate-limited', RATE_LIMIT],
  ['secondary-limit', RATE_LIMIT],
  ['secondary-limit-403', RATE_LIMIT],
  ['failing', /GitHub answered 502/],
  ['down', /GitHub could not be asked/],
]

test.concurrent.each(AWAY)('while GitHub is %s, there is a warning, and things go on', async (status, why) => {
  await using on = await GitHubScene.open({ status })
  const main = await on.main(APP, 'pull-request')
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning, ...others] = annotations(main, 'warning')
  expect(others).toEqual([])
  expect(warning).toMatch(
    /^GitHub could not be asked whether octo-org\/app has what is to be checked out \(.+\); mounting it unchecked$/,
  )
  expect(warning).toMatch(why)
  expect(on.created()).toContainEqual(expect.objectContaining({ checkout: { type: 'commit', sha: sha('feed4200') } }))
  expect(main.outputs['checkout-sha']).toBe(sha('feed4200'))
})

test.concurrent.each([
  ['a branch', { checkout: 'branch' }, { checkout: { type: 'branch', name: 'feature/search' } }],
  ['the default branch', { checkout: 'default' }, {}],
  ['a branch by its full name', { ref: 'refs/heads/main' }, { checkout: { type: 'branch', name: 'main' } }],
  ['a full SHA', { ref: sha('feed4200') }, { checkout: { type: 'commit', sha: sha('feed4200') } }],
])('while GitHub is down, %s needs no answer', async (_, inputs, expected) => {
  await using on = await GitHubScene.open({ status: 'down' })
  const main = await on.main({ repository: 'octo-org/app', ...inputs })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([expect.objectContaining({ url: 'https://github.com/octo-org/app', ...expected })])
})

test.concurrent('a tag cannot become a commit while GitHub is down', async () => {
  await using on = await GitHubScene.open({ status: 'down' })
  expect(refusalOf(on, await on.main({ ...APP, ref: 'v2.0.0' }))).toMatch(
    /^ref "v2\.0\.0" of octo-org\/app: GitHub could not be asked whether it is a branch or a tag \(.+\); run the job again, or give a full SHA\n/,
  )
})

test.concurrent('without a token, the limit is of the address, not of a token', async () => {
  await using on = await GitHubScene.open({ status: 'rate-limited' })
  const [warning] = annotations(await on.main({ ...APP, 'github-token': '' }), 'warning')
  expect(warning).toMatch(/rate limit/)
  expect(warning).not.toMatch(/of the token/)
})

test.concurrent('a workflow token that GitHub refuses is not warned about', async () => {
  await using on = await GitHubScene.open({ tokens: [] })
  const main = await on.main({ ...APP, 'github-token': WORKFLOW_TOKEN })
  expect(refusalOf(on, main)).toMatch(/401/)
  expect(annotations(main, 'warning')).toEqual([])
})
