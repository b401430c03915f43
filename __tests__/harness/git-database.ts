import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Answer, jsonAnswer, send } from '../../emulator/http/answer.ts'

export const TOKEN = 'ghs_writer'
export const REPOSITORY = 'org/session-mount'

export interface Commit {
  readonly parents: readonly string[]
  /** Contents by path. */
  readonly files: Readonly<Record<string, string>>
}

export interface PullRequest {
  readonly number: number
  readonly user: { readonly login: string; readonly id: number }
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } | null }
  readonly base: { readonly ref: string; readonly repo: { readonly default_branch: string } }
}

interface Entry {
  readonly path: string
  readonly sha: string | null
}

interface Body {
  readonly ref: string
  readonly sha: string
  readonly force: boolean
  readonly content: string
  readonly base_tree: string
  readonly tree: readonly Entry[] & string
  readonly parents: readonly string[]
  readonly tag_name: string
}

const shaOf = (content: string | Buffer) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest('hex')

/** What of GitHub's REST API writes to a repository: commits, references, pull requests and releases, in memory. */
export class GitDatabase {
  readonly refs = new Map<string, string>()
  readonly commits = new Map<string, Commit>()
  readonly annotatedTags = new Map<string, string>()
  readonly releases: string[] = []
  /** Everything that was asked to be changed, as `METHOD path`. */
  readonly writes: string[] = []
  /** Calls of which the path begins so are answered 502. */
  failing: string | undefined
  pulls: readonly PullRequest[] = []
  changedFiles: readonly string[] = []
  readonly #blobs = new Map<string, string>()
  readonly #trees = new Map<string, Readonly<Record<string, string>>>()
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then((answer) => send(response, answer))
  })

  static async start(): Promise<GitDatabase> {
    const database = new GitDatabase()
    database.#server.listen(0, '127.0.0.1')
    await once(database.#server, 'listening')
    return database
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The stand-in is not listening on a port')
    return `http://127.0.0.1:${address.port}`
  }

  addCommit(sha: string, commit: Commit): void {
    this.commits.set(sha, commit)
    this.#trees.set(sha, commit.files)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '', headers } = request
    const sent = await text(request)
    if (headers.authorization !== `Bearer ${TOKEN}`) return jsonAnswer(401, { message: 'Bad credentials' })
    const path = decodeURIComponent(new URL(url, this.url).pathname).replace(`/repos/${REPOSITORY}/`, '')
    if (method !== 'GET') this.writes.push(`${method} ${path}`)
    if (this.failing !== undefined && path.startsWith(this.failing)) return jsonAnswer(502, { message: 'Server Error' })
    const body = sent === '' ? undefined : (JSON.parse(sent) as Body)
    const found = body === undefined ? this.#read(path, new URL(url, this.url)) : this.#write(method, path, body)
    return found === undefined ? jsonAnswer(404, { message: 'Not Found' }) : jsonAnswer(200, found)
  }

  #read(path: string, { searchParams }: URL): unknown {
    const [, first = '', last = ''] = /^(.*?)\/([^/]+)$/.exec(path) ?? [undefined, path]
    if (first === 'pulls')
      return this.pulls.filter(({ head }) => searchParams.get('head') === `${REPOSITORY.split('/')[0]}:${head.ref}`)
    if (last === 'files') return this.changedFiles.map((filename) => ({ filename }))
    if (first === 'git/commits') return this.commits.has(last) ? { tree: { sha: last } } : undefined
    if (first === 'git/trees') return { truncated: false, tree: this.#entries(last) }
    if (first === 'git/tags') return { object: { type: 'commit', sha: this.annotatedTags.get(last) } }
    if (first === 'releases/tags') return this.releases.includes(last) ? { tag_name: last } : undefined
    if (first === 'compare') return { status: this.#compare(last) }
    return this.#reference(path.replace('git/ref/', 'refs/'))
  }

  #entries(tree: string) {
    return Object.entries(this.#trees.get(tree) ?? {}).map(([path, content]) => ({
      ...{ path, type: 'blob', sha: shaOf(content) },
    }))
  }

  #reference(name: string): unknown {
    const sha = this.refs.get(name)
    if (sha === undefined) return undefined
    return { object: { type: this.annotatedTags.has(sha) ? 'tag' : 'commit', sha } }
  }

  #compare(range: string): string {
    const [base = '', head = ''] = range.split('...')
    if (base === head) return 'identical'
    if (this.#ancestors(head).includes(base)) return 'ahead'
    return this.#ancestors(base).includes(head) ? 'behind' : 'diverged'
  }

  #ancestors(sha: string): readonly string[] {
    return (this.commits.get(sha)?.parents ?? []).flatMap((parent) => [parent, ...this.#ancestors(parent)])
  }

  #write(method: string, path: string, body: Body): unknown {
    if (path === 'git/blobs') {
      const content = Buffer.from(body.content, 'base64').toString()
      this.#blobs.set(shaOf(content), content)
      return { sha: shaOf(content) }
    }
    if (path === 'git/trees') return this.#writeTree(body)
    if (path === 'git/commits') {
      const sha = shaOf(JSON.stringify(body))
      this.addCommit(sha, { parents: body.parents, files: this.#trees.get(body.tree) ?? {} })
      return { sha }
    }
    if (path === 'releases') return { id: this.releases.push(body.tag_name) }
    return this.#writeReference(method === 'POST' ? body.ref : path.replace('git/', ''), body, method === 'POST')
  }

  #writeTree({ base_tree, tree }: Body): unknown {
    const files = { ...this.#trees.get(base_tree) }
    for (const { path, sha } of tree) {
      if (sha === null) delete files[path]
      else files[path] = this.#blobs.get(sha) ?? ''
    }
    const sha = shaOf(JSON.stringify(files))
    this.#trees.set(sha, files)
    return { sha }
  }

  /** As GitHub: a new reference must not be there, an old one must, and unless forced it only moves on. */
  #writeReference(name: string, { sha, force }: Body, isNew: boolean): unknown {
    const present = this.refs.get(name)
    if (isNew !== (present === undefined)) return undefined
    if (!isNew && !force && this.#compare(`${present}...${sha}`) !== 'ahead') return undefined
    this.refs.set(name, sha)
    return { ref: name }
  }
}
