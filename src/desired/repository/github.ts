import * as v from 'valibot'
import { fullName, parseRepository, type RepositoryName } from '../../inputs/repository-name.ts'
import { lenient, listOf, read, type Schema, text } from '../../text/json.ts'
import type { Commit } from './git-commit.ts'

/** GitHub's answer to whether something is there. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'missing' }
  /** GitHub refuses to say, for a reason that the user can mend. */
  | { readonly kind: 'refused'; readonly why: string }
  /** GitHub cannot be asked now. */
  | { readonly kind: 'unreachable'; readonly why: string }

/** A repository as GitHub has it now. */
interface GitHubRepository {
  /** Its name of now: an old one leads to it after a rename. */
  readonly name: RepositoryName
  readonly defaultBranch: string
  /** `owner/name` of the repositories that it is a fork of. */
  readonly forkOf: readonly string[]
}

export interface GitHubCommit extends Commit {
  /** The full SHA. */
  readonly sha: string
}

/** What is asked of GitHub. Each thing is asked once. */
export interface GitHub {
  repository(name: RepositoryName): Promise<Answer<GitHubRepository>>
  /** `ref` is a SHA, or `heads/…` or `tags/…` (an annotated tag leads to its commit). */
  commit(name: RepositoryName, ref: string): Promise<Answer<GitHubCommit>>
  /** Whether a commit is another one, or behind it in its history. Both by full SHA: a name could be a fork's, too. */
  isBehind(name: RepositoryName, sha: string, tip: string): Promise<Answer<boolean>>
}

const TIMEOUT_MS = 20_000

/**
 * GitHub's REST API through `@actions/github`, which is loaded only now: most runs do not need it. Its base URL is the
 * runner's (`GITHUB_API_URL`). Without a token, public repositories can be seen.
 */
export async function openGitHub(token: string | undefined): Promise<GitHub> {
  const { GitHub: Octokit } = await loadOctokit()
  const octokit = new Octokit({ ...(token === undefined ? {} : { auth: `token ${token}` }), log: SILENT })
  const asked = new Map<string, Promise<Answer<unknown>>>()
  const fetchOnce = (route: string, parameters: Record<string, string | number>) => {
    const key = JSON.stringify([route, parameters])
    const request = { signal: AbortSignal.timeout(TIMEOUT_MS) }
    const answer =
      asked.get(key) ??
      octokit
        .request(`GET ${route}`, { ...parameters, request })
        .then(({ data }): Answer<unknown> => ({ kind: 'found', value: data }), answerOf)
    asked.set(key, answer)
    return answer
  }
  return {
    repository: async ({ owner, name }) =>
      pick(await fetchOnce('/repos/{owner}/{repo}', { owner, repo: name }), repository),
    commit: async ({ owner, name }, ref) =>
      pick(await fetchOnce('/repos/{owner}/{repo}/commits/{ref}', { owner, repo: name, ref }), commit),
    isBehind: async ({ owner, name }, sha, tip) => {
      const parameters = { owner, repo: name, basehead: `${tip}...${sha}`, per_page: 1 }
      return pick(await fetchOnce('/repos/{owner}/{repo}/compare/{basehead}', parameters), comparison)
    },
  }
}

/** The package reads the event's file when it is loaded, and throws if that is not JSON. It is of no use here. */
async function loadOctokit(): Promise<typeof import('@actions/github/lib/utils')> {
  const { GITHUB_EVENT_PATH: path } = process.env
  delete process.env.GITHUB_EVENT_PATH
  try {
    return await import('@actions/github/lib/utils')
  } finally {
    if (path !== undefined) process.env.GITHUB_EVENT_PATH = path
  }
}

function pick<T>(answer: Answer<unknown>, schema: Schema<T>): Answer<T> {
  if (answer.kind !== 'found') return answer
  const value = read(schema, answer.value)
  return value === undefined ? unreachable('the answer is not GitHub’s') : { kind: 'found', value }
}

const origin = lenient(v.object({ full_name: lenient(text) }))

const repository = v.pipe(
  v.object({ full_name: text, default_branch: text, parent: origin, source: origin }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): GitHubRepository => {
    const name = parseRepository(value.full_name)
    if ('problem' in name) {
      addIssue()
      return NEVER
    }
    const forkOf = [value.parent, value.source].flatMap((each) => each?.full_name ?? [])
    return { name, defaultBranch: value.default_branch, forkOf }
  }),
)

const commit = v.pipe(
  v.object({
    sha: text,
    parents: v.fallback(listOf(v.object({ sha: text })), []),
    commit: lenient(v.object({ message: lenient(text) })),
  }),
  v.transform(
    ({ sha, parents, commit }): GitHubCommit => ({
      sha,
      parents: parents.map((parent) => parent.sha),
      message: commit?.message ?? '',
    }),
  ),
)

/** `status` is that of the head as against the base: `ahead`, `behind`, `diverged` or `identical`. */
const comparison = v.pipe(
  v.object({ status: text }),
  v.transform(({ status }) => status === 'behind' || status === 'identical'),
)

/** octokit would warn on the console, where a message could start a workflow command. */
const nothing = () => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

const refusal = v.object({
  status: v.number(),
  response: v.object({
    headers: v.fallback(v.record(v.string(), v.unknown()), {}),
    data: lenient(v.object({ message: lenient(text) })),
  }),
})

function answerOf(error: unknown): Answer<never> {
  const failure = read(refusal, error)
  if (failure === undefined) return unreachable(error instanceof Error ? error.message : String(error))
  const { status } = failure
  const { headers, data } = failure.response
  const message = data?.message ?? ''
  // A short SHA that is not there, or means several commits, is a 422.
  if (status === 404 || status === 422 || status === 409) return { kind: 'missing' }
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || status === 429
  if (limited || /rate limit/i.test(message)) return unreachable('its rate limit is reached')
  // The service has an address of its own.
  if (/IP allow list/i.test(message)) return unreachable("the organization's IP allow list does not have this runner")
  if (status === 401)
    return { kind: 'refused', why: 'the `github-token` was refused (401): it is wrong or has expired' }
  if (status === 403) return { kind: 'refused', why: forbidden(headers) }
  return unreachable(`GitHub answered ${status}`)
}

function forbidden(headers: Readonly<Record<string, unknown>>): string {
  const sso = /url=(https:\/\/\S+)/.exec(String(headers['x-github-sso']))?.[1]
  if (headers['x-github-sso'] !== undefined) {
    return `the organization requires that the \`github-token\` is authorized for single sign-on (403)${sso === undefined ? '' : `: open ${sso.split('?')[0]}`}`
  }
  return 'the `github-token` may not read this repository (403): it needs `contents: read` of it'
}

function unreachable(why: string): Answer<never> {
  return { kind: 'unreachable', why }
}

/** How a repository that was not found is told, with the usual reasons. */
export function notFoundText(name: RepositoryName, hasToken: boolean): string {
  const reason = hasToken
    ? 'it does not exist, or the `github-token` may not see it: it needs `contents: read` of it, and that of a workflow sees its own repository only'
    : 'it does not exist, or it is private and needs a `github-token`'
  return `repository ${fullName(name)} was not found on GitHub: ${reason}`
}
