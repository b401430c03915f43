import { createServer, type IncomingMessage } from 'node:http'
import { type Answer, send } from '../http/answer.ts'
import { close, listen } from '../http/listen.ts'
import { answerCommit, answerComparison, answerMoved, answerRepository, refuse, withHeaders } from './github-answer.ts'
import { GitHubComments } from './github-comments.ts'
import { type GitHubRepository, idOf } from './github-repository.ts'

export type { GitHubRepository } from './github-repository.ts'

/**
 * How GitHub is doing: in order, over the hourly limit (403), asked to slow down (429), answering 502, or cutting every
 * connection.
 */
export type GitHubStatus = 'up' | 'rate-limited' | 'secondary-limit' | 'secondary-limit-403' | 'failing' | 'down'

export interface GitHubOptions {
  readonly repositories?: readonly GitHubRepository[]
  /** Tokens that see every repository. Any token that is in neither list is refused with 401. */
  readonly tokens?: readonly string[]
  /** Valid tokens that see public repositories only: private ones are 404 to them. */
  readonly publicTokens?: readonly string[]
  readonly status?: GitHubStatus
}

interface GitHubRequest {
  readonly method: string
  /** As it was sent, with its query and its percent signs. */
  readonly path: string
  readonly authorization: string | undefined
}

/**
 * A loopback stand-in for the GitHub REST API: repositories, commits by what they are called, two of them compared, and
 * comments.
 */
export interface GitHubStandIn {
  /** What the runner has in `GITHUB_API_URL`. */
  readonly url: string
  /** Every request that came in, also those that were cut. */
  journal(): readonly GitHubRequest[]
  /** Takes the place of one with the same owner and name. */
  addRepository(repository: GitHubRepository): void
  readonly comments: GitHubComments
  setStatus(status: GitHubStatus): void
  /** Ends at once: open connections are cut. */
  close(): Promise<void>
}

interface State {
  readonly repositories: Map<string, GitHubRepository>
  readonly tokens: readonly string[]
  readonly publicTokens: readonly string[]
  readonly journal: GitHubRequest[]
  readonly comments: GitHubComments
  status: GitHubStatus
}

/** Starts the stand-in on a free port of 127.0.0.1. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const state: State = {
    repositories: new Map(),
    tokens: options.tokens ?? [],
    publicTokens: options.publicTokens ?? [],
    journal: [],
    comments: new GitHubComments(),
    status: options.status ?? 'up',
  }
  const addRepository = (repository: GitHubRepository) =>
    void state.repositories.set(keyOf(repository.owner, repository.name), repository)
  options.repositories?.forEach(addRepository)
  const server = createServer((request, response) => {
    state.journal.push(entryOf(request))
    if (state.status === 'down') request.socket.destroy()
    else
      answer(state, request).then(
        (answered) => send(response, withHeaders(answered, state.status)),
        () => request.socket.destroy(),
      )
  })
  const url = await listen(server)
  return {
    url,
    journal: () => [...state.journal],
    addRepository,
    comments: state.comments,
    setStatus: (status) => {
      state.status = status
    },
    close: () => close(server),
  }
}

const entryOf = ({ method = '', url = '', headers }: IncomingMessage): GitHubRequest => ({
  method,
  path: url,
  authorization: headers.authorization,
})

/** GitHub does not mind the case of an owner or a name. */
const keyOf = (owner: string, name: string) => `${owner}/${name}`.toLowerCase()

async function answer(state: State, request: IncomingMessage): Promise<Answer> {
  const token = tokenOf(request.headers.authorization)
  if (state.status === 'failing') return refuse('failing')
  if (token !== undefined && !state.tokens.includes(token) && !state.publicTokens.includes(token))
    return refuse('bad-credentials')
  if (state.status === 'rate-limited') return refuse(token === undefined ? 'limit-of-address' : 'limit-of-user')
  if (state.status === 'secondary-limit' || state.status === 'secondary-limit-403') return refuse(state.status)
  const comments = token === undefined ? undefined : await state.comments.answer(request)
  if (comments !== undefined) return comments
  const moved = movedRouteOf(state, request)
  if (moved !== undefined) return answerMoved(...moved, request.headers.host ?? '')
  const route = routeOf(state, request)
  return route === undefined ? refuse('no-route') : answerRoute(state, route, token)
}

function answerRoute(state: State, { repository, rest }: Route, token: string | undefined): Answer {
  const seesAll = token !== undefined && state.tokens.includes(token)
  if (repository === undefined || (repository.private === true && !seesAll))
    return refuse(rest === '' ? 'no-repository' : 'no-repository-of-commit')
  // Also on a public repository: a token that has no session with the organization sees less than no token.
  if (repository.sso === true && token !== undefined) return refuse('sso', repository.owner)
  const [, kind, argument = ''] = /^\/([a-z]+)\/(.+)$/.exec(rest) ?? []
  if (kind === 'commits') return answerCommit(repository, argument)
  return kind === 'compare' ? answerComparison(repository, argument) : answerRepository(repository)
}

/** `token x` and `Bearer x`, in any case. */
const tokenOf = (authorization: string | undefined) => authorization?.replace(/^(token|bearer) +/i, '')

interface Route {
  readonly repository: GitHubRepository | undefined
  /** Behind the repository, decoded: its slashes may or may not be encoded. */
  readonly rest: string
}

const ROUTE = /^\/(?:repos\/([^/?]+)\/([^/?]+)|repositories\/(\d+))((?:\/(?:commits|compare)\/[^?]+)?)(?:\?|$)/

function routeOf(state: State, { method, url = '' }: IncomingMessage): Route | undefined {
  const [found, owner = '', name = '', id, rest = ''] = ROUTE.exec(url) ?? []
  if (method !== 'GET' || found === undefined) return undefined
  try {
    const key = keyOf(decodeURIComponent(owner), decodeURIComponent(name))
    const repository =
      id === undefined
        ? state.repositories.get(key)
        : [...state.repositories.values()].find((each) => String(idOf(each)) === id)
    return { repository, rest: decodeURIComponent(rest) }
  } catch {
    return undefined
  }
}

/** A repository that is asked for by a name that it no longer has, and what is asked of it. */
function movedRouteOf(state: State, { url = '' }: IncomingMessage): readonly [GitHubRepository, string] | undefined {
  const [, key = '', rest = ''] = /^\/repos\/([^/?]+\/[^/?]+)(.*)$/.exec(url) ?? []
  const moved = [...state.repositories.values()].find(({ formerNames = [] }) =>
    formerNames.some((former) => former.toLowerCase() === key.toLowerCase()),
  )
  return moved === undefined ? undefined : [moved, rest]
}
