import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { ancestryOf, commitOf, commitsOf, type GitHubRepository, historyOf, idOf } from './github-repository.ts'

const DOCS = 'https://docs.github.com'
const GET_REPOSITORY = `${DOCS}/rest/repos/repos#get-a-repository`
const GET_COMMIT = `${DOCS}/rest/commits/commits#get-a-commit`
const COMPARE = `${DOCS}/rest/commits/commits#compare-two-commits`
const RATE_LIMITS = `${DOCS}/rest/overview/rate-limits-for-the-rest-api`

/** Seconds to the end of the hour that is counted. */
const RESET_AFTER = 1800
/** What `retry-after` says when GitHub asks to slow down. */
const RETRY_AFTER = 60

interface Refusal {
  readonly status: number
  readonly message: string
  readonly docs: string
}

const SLOW_DOWN = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  docs: `${RATE_LIMITS}#about-secondary-rate-limits`,
}

const REFUSALS = {
  'bad-credentials': { status: 401, message: 'Bad credentials', docs: `${DOCS}/rest` },
  'no-route': { status: 404, message: 'Not Found', docs: `${DOCS}/rest` },
  'no-repository': { status: 404, message: 'Not Found', docs: GET_REPOSITORY },
  'no-repository-of-commit': { status: 404, message: 'Not Found', docs: GET_COMMIT },
  'no-comparison': { status: 404, message: 'Not Found', docs: COMPARE },
  empty: { status: 409, message: 'Git Repository is empty.', docs: GET_COMMIT },
  sso: {
    status: 403,
    message:
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    docs: `${DOCS}/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/`,
  },
  'limit-of-user': { status: 403, message: 'API rate limit exceeded for user ID 1.', docs: RATE_LIMITS },
  'limit-of-address': {
    status: 403,
    message:
      "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
    docs: RATE_LIMITS,
  },
  'secondary-limit': { status: 429, ...SLOW_DOWN },
  'secondary-limit-403': { status: 403, ...SLOW_DOWN },
  failing: { status: 502, message: 'Server Error', docs: `${DOCS}/rest` },
} satisfies Record<string, Refusal>

export type RefusalName = keyof typeof REFUSALS

/** The organization is the one that demands single sign-on. */
export function refuse(name: RefusalName, organization = ''): Answer {
  const { status, message, docs } = REFUSALS[name]
  return jsonAnswer(status, bodyOf(status, message, docs), headersOf(name, organization))
}

function headersOf(name: RefusalName, organization: string): Readonly<Record<string, string>> {
  if (name === 'sso')
    return {
      'x-github-sso': `required; url=https://github.com/orgs/${organization}/sso?authorization_request=A1B2C3`,
    }
  return name.startsWith('secondary-limit') ? { 'retry-after': String(RETRY_AFTER) } : {}
}

const bodyOf = (status: number, message: string, docs: string) => ({
  message,
  documentation_url: docs,
  status: String(status),
})

/** The headers that every answer carries. */
export function withHeaders(answer: Answer, status: string): Answer {
  const limit = 5000
  const remaining = status === 'rate-limited' ? 0 : limit - 1
  const headers = {
    ...answer.headers,
    server: 'github.com',
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': randomUUID().toUpperCase(),
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + RESET_AFTER),
    'x-ratelimit-resource': 'core',
  }
  return { ...answer, headers }
}

/** `GET /repos/{owner}/{repo}` */
export function answerRepository(repository: GitHubRepository): Answer {
  const { owner, name, defaultBranch } = repository
  const fullName = `${owner}/${name}`
  const isPrivate = repository.private === true
  return jsonAnswer(200, {
    id: idOf(repository),
    node_id: 'R_kgDOABPHjQ',
    name,
    full_name: fullName,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    owner: { login: owner, id: 6811672, type: 'Organization', html_url: `https://github.com/${owner}` },
    html_url: `https://github.com/${fullName}`,
    clone_url: `https://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    url: `https://api.github.com/repos/${fullName}`,
    fork: repository.fork === true || repository.forkOf !== undefined,
    default_branch: defaultBranch,
    archived: false,
    disabled: false,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    ...(repository.forkOf === undefined
      ? {}
      : { parent: originOf(repository.forkOf), source: originOf(repository.forkOf) }),
  })
}

const originOf = (fullName: string) => ({ full_name: fullName, html_url: `https://github.com/${fullName}` })

/** What a repository's former name is answered with. */
export function answerMoved(repository: GitHubRepository, rest: string, host: string): Answer {
  const url = `http://${host}/repositories/${idOf(repository)}${rest}`
  const documentation_url = `${DOCS}/rest/guides/best-practices-for-using-the-rest-api#follow-redirects`
  return jsonAnswer(301, { message: 'Moved Permanently', url, documentation_url }, { location: url })
}

/**
 * `GET /repos/{owner}/{repo}/compare/{base}...{head}`: `status` is that of the head as against the base. Commits without
 * a common ancestor cannot be compared.
 */
export function answerComparison(repository: GitHubRepository, basehead: string): Answer {
  const [base, head] = basehead.split('...').map((ref) => commitOf(repository, ref))
  if (base === undefined || head === undefined) return refuse('no-comparison')
  const [ofBase, ofHead] = [ancestryOf(repository, base), ancestryOf(repository, head)]
  const mergeBase = [...ofHead].find((sha) => ofBase.has(sha))
  if (mergeBase === undefined)
    return jsonAnswer(404, bodyOf(404, `No common ancestor between ${base} and ${head}.`, COMPARE))
  const ahead = [...ofHead].filter((sha) => !ofBase.has(sha))
  const behind = [...ofBase].filter((sha) => !ofHead.has(sha))
  const name = `${repository.owner}/${repository.name}`
  return jsonAnswer(200, {
    url: `https://api.github.com/repos/${name}/compare/${basehead}`,
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    base_commit: commitBody(repository, base),
    merge_base_commit: commitBody(repository, mergeBase),
    commits: ahead.map((sha) => commitBody(repository, sha)),
    files: [],
  })
}

function statusOf(ahead: number, behind: number): 'identical' | 'ahead' | 'behind' | 'diverged' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}

/** `GET /repos/{owner}/{repo}/commits/{ref}`: whatever names no commit is 422, a branch as well as a SHA. */
export function answerCommit(repository: GitHubRepository, ref: string): Answer {
  if (commitsOf(repository).size === 0) return refuse('empty')
  const sha = commitOf(repository, ref)
  if (sha === undefined) return jsonAnswer(422, bodyOf(422, `No commit found for SHA: ${ref}`, GET_COMMIT))
  return jsonAnswer(200, commitBody(repository, sha))
}

function commitBody(repository: GitHubRepository, sha: string): object {
  const fullName = `${repository.owner}/${repository.name}`
  const { parents, message } = historyOf(repository, sha)
  const url = `https://api.github.com/repos/${fullName}/commits/${sha}`
  const signature = { name: 'Mona Octocat', email: 'mona@example.com', date: '2026-09-01T08:00:00Z' }
  return {
    sha,
    node_id: `C_${sha.slice(0, 12)}`,
    commit: { author: signature, committer: signature, message, comment_count: 0 },
    url,
    html_url: `https://github.com/${fullName}/commit/${sha}`,
    comments_url: `${url}/comments`,
    author: null,
    committer: null,
    parents: parents.map((parent) => ({
      sha: parent,
      url: `https://api.github.com/repos/${fullName}/commits/${parent}`,
    })),
    stats: { total: 0, additions: 0, deletions: 0 },
    files: [],
  }
}
