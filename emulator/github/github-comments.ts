import type { IncomingMessage } from 'node:http'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { readJson } from '../http/json-body.ts'

/** A comment on an issue or a pull request. */
export interface GitHubComment {
  readonly id: number
  /** Of the issue. */
  readonly number: number
  readonly login: string
  readonly body: string
}

const MAX_BODY = 65_536

const OF_ISSUE = /^\/repos\/([^/?]+\/[^/?]+)\/issues\/(\d+)\/comments(?:\?(.*))?$/
const BY_ID = /^\/repos\/([^/?]+\/[^/?]+)\/issues\/comments\/(\d+)$/

/** Comments, listed oldest first in pages; what a workflow's token writes is the bot's. */
export class GitHubComments {
  readonly #comments: GitHubComment[] = []

  list(): readonly GitHubComment[] {
    return [...this.#comments]
  }

  add(comment: Omit<GitHubComment, 'id'>): GitHubComment {
    const added = { ...comment, id: 1_000 + this.#comments.length }
    this.#comments.push(added)
    return added
  }

  /** Undefined for what is not about comments. */
  async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const { method = '', url = '' } = request
    const [, repository = '', number, query = ''] = OF_ISSUE.exec(url) ?? []
    if (number !== undefined && method === 'GET') return this.#page(repository, Number(number), query)
    const [, ofId = '', id] = BY_ID.exec(url) ?? []
    const isPost = number !== undefined && method === 'POST'
    if (!isPost && (id === undefined || method !== 'PATCH')) return undefined
    const { body } = (await readJson(request)) as { readonly body?: unknown }
    if (typeof body !== 'string' || body === '' || body.length > MAX_BODY)
      return jsonAnswer(422, { message: 'Validation Failed', status: '422' })
    if (isPost) {
      const added = this.add({ number: Number(number), login: 'github-actions[bot]', body })
      return jsonAnswer(201, shown(added, repository))
    }
    const at = this.#comments.findIndex((each) => String(each.id) === id)
    const there = this.#comments[at]
    if (there === undefined) return jsonAnswer(404, { message: 'Not Found', status: '404' })
    this.#comments[at] = { ...there, body }
    return jsonAnswer(200, shown({ ...there, body }, ofId))
  }

  #page(repository: string, number: number, query: string): Answer {
    const parameters = new URLSearchParams(query)
    const size = Number(parameters.get('per_page') ?? 30)
    const start = (Number(parameters.get('page') ?? 1) - 1) * size
    const page = this.#comments.filter((each) => each.number === number).slice(start, start + size)
    return jsonAnswer(
      200,
      page.map((each) => shown(each, repository)),
    )
  }
}

function shown({ id, number, login, body }: GitHubComment, repository: string): object {
  const html_url = `https://github.com/${repository}/pull/${number}#issuecomment-${id}`
  return { id, html_url, user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }, body }
}
