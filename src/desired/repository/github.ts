import { fullName, type RepositoryName } from '../../inputs/repository-name.ts'
import { asObject, asText } from '../../text/json.ts'

/** GitHub's answer to whether something is there. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'missing' }
  /** GitHub refuses to say, for a reason that the user can mend. */
  | { readonly kind: 'refused'; readonly why: string }
  /** GitHub cannot be asked now. */
  | { readonly kind: 'unreachable'; readonly why: string }

/** What is asked of GitHub. */
export interface GitHub {
  repository(name: RepositoryName): Promise<Answer<{ readonly defaultBranch: string; readonly isPrivate: boolean }>>
  /** The full SHA of a commit; `ref` is a SHA, or `heads/…` or `tags/…` (an annotated tag leads to its commit). */
  commit(name: RepositoryName, ref: string): Promise<Answer<string>>
}

const TIMEOUT_MS = 20_000

/**
 * GitHub's REST API through `@actions/github`, which is loaded only now: most runs do not need it. Its base URL is the
 * runner's (`GITHUB_API_URL`). Without a token, public repositories can be seen.
 */
export async function openGitHub(token: string | undefined): Promise<GitHub> {
  // The package reads the event's file when it is loaded, and throws if that is not JSON.
  const loaded = await import('@actions/github/lib/utils').catch((error: unknown) => String(error))
  if (typeof loaded === 'string')
    return { repository: async () => unreachable(loaded), commit: async () => unreachable(loaded) }
  const { GitHub: Octokit } = loaded
  const octokit = new Octokit({ ...(token === undefined ? {} : { auth: `token ${token}` }), log: SILENT })
  const get = async <T>(route: string, parameters: Record<string, string>, pick: (json: unknown) => T | undefined) => {
    try {
      const request = { signal: AbortSignal.timeout(TIMEOUT_MS) }
      const { data } = await octokit.request(`GET ${route}`, { ...parameters, request })
      const value = pick(data)
      return value === undefined ? unreachable('the answer is not GitHub’s') : ({ kind: 'found', value } as const)
    } catch (error) {
      return answerOf(error)
    }
  }
  return {
    repository: ({ owner, name }) =>
      get('/repos/{owner}/{repo}', { owner, repo: name }, (json) => {
        const repository = asObject(json)
        const defaultBranch = asText(repository?.default_branch)
        return defaultBranch === undefined ? undefined : { defaultBranch, isPrivate: repository?.private === true }
      }),
    commit: ({ owner, name }, ref) =>
      get('/repos/{owner}/{repo}/commits/{ref}', { owner, repo: name, ref }, (json) => asText(asObject(json)?.sha)),
  }
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
