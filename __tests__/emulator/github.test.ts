import { getOctokit } from '@actions/github'
import { GitHub } from '@actions/github/lib/utils'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubStandIn, type GitHubStatus, startGitHub } from '../../emulator/github/github.ts'

const TIP = '11aa'.padEnd(40, '1')
const FEATURE = '22bb'.padEnd(40, '2')
const TAGGED = '33cc'.padEnd(40, '3')
const OLD = '44dd'.padEnd(40, '4')
const TWIN = '44dd'.padEnd(40, '5')
const UNKNOWN = 'f'.repeat(40)

const app = {
  owner: 'octo-org',
  name: 'app',
  defaultBranch: 'main',
  branches: { main: TIP, 'feature/a b': FEATURE, v1: FEATURE },
  tags: { v1: TAGGED, 'v2/rc#1': TAGGED },
  commits: [OLD, TWIN],
}

let github: GitHubStandIn

beforeEach(async () => {
  github = await startGitHub({
    repositories: [
      app,
      { ...app, name: 'secret', private: true },
      { ...app, name: 'empty', branches: {}, tags: {}, commits: [] },
      { ...app, owner: 'acme', name: 'guarded', private: true, sso: true },
    ],
    tokens: ['ghs_all'],
    publicTokens: ['ghp_public'],
  })
})
afterEach(() => github.close())

const client = (token?: string) =>
  token === undefined ? new GitHub({ baseUrl: github.url }) : getOctokit(token, { baseUrl: github.url })

interface Seen {
  readonly status: number
  readonly message?: string
  readonly response?: { readonly data: unknown; readonly headers: Readonly<Record<string, string>> }
}

/** The error that octokit throws. */
const errorOf = (call: Promise<unknown>): Promise<Seen> =>
  call.then(
    () => Promise.reject(new Error('There was no error')),
    (error: Seen) => error,
  )

const commit = (ref: string, token?: string, repo = 'app') =>
  client(token).rest.repos.getCommit({ owner: 'octo-org', repo, ref })
const repository = (repo: string, token?: string, owner = 'octo-org') => client(token).rest.repos.get({ owner, repo })

describe('a commit is found by', () => {
  test.each([
    ['its SHA', OLD, OLD],
    ['its SHA in capitals', OLD.toUpperCase(), OLD],
    ['the start of its SHA', TIP.slice(0, 7), TIP],
    ['a branch', 'heads/main', TIP],
    ['a branch with a slash and a space', 'heads/feature/a b', FEATURE],
    ['a full reference', 'refs/heads/main', TIP],
    ['a bare branch', 'feature/a b', FEATURE],
    ['a tag', 'tags/v1', TAGGED],
    ['a tag with a slash and a hash sign', 'tags/v2/rc#1', TAGGED],
    ['a bare name, which is the tag before the branch', 'v1', TAGGED],
    ['the branch where a tag has its name', 'heads/v1', FEATURE],
  ])('%s', async (_, ref, sha) => {
    expect((await commit(ref)).data.sha).toBe(sha)
  })

  test('a path whose slashes are not encoded', async () => {
    const reply = await fetch(`${github.url}/repos/octo-org/app/commits/heads/feature/a%20b`)
    expect(await reply.json()).toMatchObject({ sha: FEATURE })
  })
})

test.each([UNKNOWN, 'heads/nope', 'tags/nope', 'nope', OLD.slice(0, 4), 'abc'])('%s is no commit', async (ref) => {
  expect(await errorOf(commit(ref, 'ghs_all'))).toMatchObject({
    status: 422,
    message: `No commit found for SHA: ${ref} - https://docs.github.com/rest/commits/commits#get-a-commit`,
    response: { data: { message: `No commit found for SHA: ${ref}`, status: '422' } },
  })
})

describe('compared', () => {
  const history = {
    [TIP]: { parents: [OLD], message: 'tip' },
    [FEATURE]: { parents: [OLD], message: 'feature' },
    [OLD]: { parents: [TWIN], message: 'old' },
  }
  const compare = (basehead: string) => {
    github.addRepository({ ...app, history })
    return client().rest.repos.compareCommitsWithBasehead({ owner: 'octo-org', repo: 'app', basehead })
  }

  test.each([
    ['a commit with itself', `${TIP}...${TIP}`, 'identical', 0, 0],
    ['an older one with a newer', `${OLD}...${TIP}`, 'ahead', 1, 0],
    ['a newer one with an older', `${TIP}...${TWIN}`, 'behind', 0, 2],
    ['two branches', 'main...feature/a b', 'diverged', 1, 1],
  ])('%s', async (_, basehead, status, ahead, behind) => {
    const { data } = await compare(basehead)
    expect(data).toMatchObject({ status, ahead_by: ahead, behind_by: behind, total_commits: ahead })
    expect(data.commits).toHaveLength(ahead)
  })

  test('what has nothing in common', async () => {
    expect(await errorOf(compare(`${TIP}...${TAGGED}`))).toMatchObject({
      status: 404,
      message: expect.stringContaining(`No common ancestor between ${TIP} and ${TAGGED}.`),
    })
  })

  test('what is not there', async () => {
    expect(await errorOf(compare(`main...${UNKNOWN}`))).toMatchObject({ status: 404 })
  })

  test('a commit tells its parents and its message', async () => {
    github.addRepository({ ...app, history })
    const { data } = await commit(TIP)
    expect([data.parents.map(({ sha }) => sha), data.commit.message]).toEqual([[OLD], 'tip'])
  })
})

describe('a repository that was renamed', () => {
  beforeEach(() => github.addRepository({ ...app, name: 'now', formerNames: ['octo/before'] }))

  test('is found by its former name, and tells the new one', async () => {
    expect((await repository('before', undefined, 'octo')).data.full_name).toBe('octo-org/now')
    const reply = await fetch(`${github.url}/repos/octo/before`, { redirect: 'manual' })
    expect(reply.status).toBe(301)
    expect(reply.headers.get('location')).toMatch(/\/repositories\/\d+$/)
  })

  test('and so are its commits', async () => {
    const reply = await fetch(`${github.url}/repos/octo/before/commits/heads/main`)
    expect(await reply.json()).toMatchObject({ sha: TIP })
  })
})

test('a fork tells what it is a fork of', async () => {
  github.addRepository({ ...app, name: 'fork', forkOf: 'upstream/app' })
  const { data } = await repository('fork')
  expect(data).toMatchObject({
    fork: true,
    parent: { full_name: 'upstream/app' },
    source: { full_name: 'upstream/app' },
  })
})

test('a repository without a commit is a conflict', async () => {
  expect(await errorOf(commit('main', 'ghs_all', 'empty'))).toMatchObject({ status: 409 })
})

test('a repository, whatever the case of its name', async () => {
  expect((await repository('APP', undefined, 'Octo-Org')).data).toMatchObject({
    full_name: 'octo-org/app',
    private: false,
    default_branch: 'main',
  })
})

describe('who sees what', () => {
  test.each([
    ['no token', 'app', undefined, 200],
    ['no token', 'secret', undefined, 404],
    ['a token for public repositories', 'app', 'ghp_public', 200],
    ['a token for public repositories', 'secret', 'ghp_public', 404],
    ['a token for all', 'secret', 'ghs_all', 200],
    ['a wrong token', 'app', 'ghs_wrong', 401],
    ['a token for all', 'nowhere', 'ghs_all', 404],
  ])('%s: %s', async (_, name, token, status) => {
    const calls = [repository(name, token), commit('main', token, name)]
    const statuses = calls.map((call) =>
      call.then(
        (reply) => reply.status,
        (error: Seen) => error.status,
      ),
    )
    expect(await Promise.all(statuses)).toEqual([status, status])
  })

  test('not found, as documented', async () => {
    expect((await errorOf(repository('nowhere'))).response).toMatchObject({
      data: { message: 'Not Found', documentation_url: expect.stringMatching(/^https:/), status: '404' },
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-github-request-id': expect.any(String) },
    })
  })

  test('a token without single sign-on', async () => {
    expect(await errorOf(repository('guarded', 'ghs_all', 'acme'))).toMatchObject({
      status: 403,
      response: {
        headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1B2C3' },
      },
    })
    expect(await errorOf(repository('guarded', undefined, 'acme'))).toMatchObject({ status: 404 })
  })
})

describe('when GitHub is', () => {
  test.each<[GitHubStatus, number, Readonly<Record<string, unknown>>]>([
    ['rate-limited', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/) }],
    ['secondary-limit', 429, { 'retry-after': '60', 'x-ratelimit-remaining': '4999' }],
    ['secondary-limit-403', 403, { 'retry-after': '60', 'x-ratelimit-remaining': '4999' }],
    ['failing', 502, {}],
  ])('%s', async (status, code, headers) => {
    github.setStatus(status)
    expect(await errorOf(commit('main', 'ghs_all'))).toMatchObject({ status: code, response: { headers } })
    expect(github.journal()).toHaveLength(1)
  })

  test('down: octokit says 500, and has no response', async () => {
    github.setStatus('down')
    const error = await errorOf(commit('main', 'ghs_all'))
    expect(error.status).toBe(500)
    expect(error.response).toBeUndefined()
    github.setStatus('up')
    expect((await commit('main', 'ghs_all')).status).toBe(200)
  })
})

test('the journal has what octokit sent', async () => {
  await commit('heads/feature/a b', 'ghs_all')
  await repository('app')
  await errorOf(client().request('POST /repos/octo-org/app/forks'))
  expect(github.journal()).toEqual([
    {
      method: 'GET',
      path: '/repos/octo-org/app/commits/heads%2Ffeature%2Fa%20b',
      authorization: 'token ghs_all',
    },
    { method: 'GET', path: '/repos/octo-org/app', authorization: undefined },
    { method: 'POST', path: '/repos/octo-org/app/forks', authorization: undefined },
  ])
})

test('a repository that comes later', async () => {
  expect(await errorOf(repository('later'))).toMatchObject({ status: 404 })
  github.addRepository({ ...app, name: 'later' })
  expect((await repository('later')).status).toBe(200)
})
