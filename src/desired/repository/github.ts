import { fullName, parseRepository, type RepositoryName } from '../../inputs/repository-name.ts'
import { asList, asObject, asText, type JsonObject } from '../../text/json.ts'
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
  readonly isPrivate: boolean
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
  const asked = new Map<string, Promise<Answer<JsonObject>>>()
  const fetchOnce = (route: string, parameters: Record<string, string | number>) => {
    const key = JSON.stringify([route, parameters])
    const request = { signal: AbortSignal.timeout(TIMEOUT_MS) }
    const answer =
      asked.get(key) ??
      octokit.request(`GET ${route}`, { ...parameters, request }).then(({ data }) => found(data), answerOf)
    asked.set(key, answer)
    return answer
  }
  return {
    repository: async ({ owner, name }) =>
      pick(await fetchOnce('/repos/{owner}/{repo}', { owner, repo: name }), decodeRepository),
    commit: async ({ owner, name }, ref) =>
      pick(await fetchOnce('/repos/{owner}/{repo}/commits/{ref}', { owner, repo: name, ref }), decodeCommit),
    isBehind: async ({ owner, name }, sha, tip) => {
      const parameters = { owner, repo: name, basehead: `${tip}...${sha}`, per_page: 1 }
      return pick(await fetchOnce('/repos/{owner}/{repo}/compare/{basehead}', parameters), isBehindOf)
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

function found(json: unknown): Answer<JsonObject> {
  const value = asObject(json)
  return value === undefined ? unreachable('the answer is not GitHub’s') : { kind: 'found', value }
}

function pick<T>(answer: Answer<JsonObject>, decode: (json: JsonObject) => T | undefined): Answer<T> {
  if (answer.kind !== 'found') return answer
  const value = decode(answer.value)
  return value === undefined ? unreachable('the answer is not GitHub’s') : { kind: 'found', value }
}

function decodeRepository(json: JsonObject): GitHubRepository | undefined {
  const name = parseRepository(asText(json.full_name) ?? '')
  const defaultBranch = asText(json.default_branch)
  if ('problem' in name || defaultBranch === undefined) return undefined
  const origins = [json.parent, json.source].map((each) => asText(asObject(each)?.full_name))
  return { name, defaultBranch, isPrivate: json.private === true, forkOf: origins.filter((each) => each !== undefined) }
}

function decodeCommit(json: JsonObject): GitHubCommit | undefined {
  const sha = asText(json.sha)
  const parents = asList(json.parents, (each) => asText(asObject(each)?.sha)) ?? []
  return sha === undefined ? undefined : { sha, parents, message: asText(asObject(json.commit)?.message) ?? '' }
}

/** `status` is that of the head as against the base: `ahead`, `behind`, `diverged` or `identical`. */
function isBehindOf(json: JsonObject): boolean | undefined {
  const status = asText(json.status)
  return status === undefined ? undefined : status === 'behind' || status === 'identical'
}

/** octokit would warn on the console, where a message could start a workflow command. */
const nothing = () => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function answerOf(error: unknown): Answer<never> {
  const failure = asObject(error)
  const status = failure?.status
  const headers = asObject(asObject(failure?.response)?.headers) ?? {}
  if (typeof status !== 'number' || asObject(failure?.response) === undefined) {
    return unreachable(error instanceof Error ? error.message : String(error))
  }
  // A short SHA that is not there, or means several commits, is a 422.
  if (status === 404 || status === 422 || status === 409) return { kind: 'missing' }
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || status === 429
  if (limited) return unreachable('its rate limit is reached')
  if (status === 401)
    return { kind: 'refused', why: 'the `github-token` was refused (401): it is wrong or has expired' }
  if (status === 403) return { kind: 'refused', why: forbidden(headers) }
  return unreachable(`GitHub answered ${status}`)
}

function forbidden(headers: Readonly<Record<string, unknown>>): string {
  const sso = /url=(https:\/\/\S+)/.exec(asText(headers['x-github-sso']) ?? '')?.[1]
  if (headers['x-github-sso'] !== undefined) {
    return `the organization wants the \`github-token\` to be authorized for single sign-on (403)${sso === undefined ? '' : `: open ${sso.split('?')[0]}`}`
  }
  return 'the `github-token` may not read this repository (403): it needs `contents: read` of it'
}

function unreachable(why: string): Answer<never> {
  return { kind: 'unreachable', why }
}

/** How a repository that was not found is told, with the usual reasons. */
export function notFoundText(name: RepositoryName, hasToken: boolean): string {
  const reason = hasToken
    ? 'it does not exist, or the `github-token` may not see it (the token of a workflow sees its own repository only)'
    : 'it does not exist, or it is private and needs a `github-token`'
  return `repository ${fullName(name)} was not found on GitHub: ${reason}`
}
