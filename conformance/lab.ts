import { textAt } from './json.ts'
import type { Ask, Reply, Server } from './server.ts'

/** What a session is made of, and whose it is to be. */
export interface Target {
  readonly agent: string
  readonly environment: string
  readonly vault: string | undefined
}

/** A file that a session has mounted. */
export interface Mounted {
  readonly status: number
  readonly resourceId: string
  readonly fileId: string
  readonly path: string
}

/** Everything that is made bears this, so that it is found also where the reply was lost. */
const MARK = 'session-mount-conformance'

/** Where questions are asked: it remembers what was made, so that all of it goes in the end. */
export class Lab {
  readonly server: Server
  readonly target: Target
  readonly mark: string
  readonly #sessions = new Set<string>()
  readonly #files = new Set<string>()
  #file: Promise<string> | undefined
  #session: Promise<string> | undefined

  constructor(server: Server, target: Target, key: string) {
    this.server = server
    this.target = target
    this.mark = `${MARK}-${key}`
  }

  get(path: string, ask: Ask = {}): Promise<Reply> {
    return this.server.ask('GET', path, ask)
  }

  /** Uploads under a name that bears the mark. */
  upload(name: string, content = 'hello', fields: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.uploadAs(`${this.mark}-${name}`, content, fields)
  }

  async uploadAs(name: string, content = 'hello', fields: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const form = new FormData()
    form.append('file', new File([content], name))
    // Should everything else fail, it does not stay.
    for (const [field, value] of Object.entries({ expires_in_seconds: '3600', ...fields })) form.append(field, value)
    return this.#note(this.#files, await this.server.ask('POST', '/v1/files', { form }))
  }

  /** Makes a session that bears the mark. */
  async create(more: object = {}): Promise<Reply> {
    const { agent, environment } = this.target
    const base = { agent, environment_id: environment, title: this.mark, metadata: { conformance: this.mark } }
    return this.#note(
      this.#sessions,
      await this.server.ask('POST', '/v1/sessions', { beta: true, json: { ...base, ...more } }),
    )
  }

  /** An upload that many questions are asked about. */
  file(): Promise<string> {
    this.#file ??= this.#once(this.upload('shared.txt'), 'an upload', () => {
      this.#file = undefined
    })
    return this.#file
  }

  /** A session that many questions are asked about. */
  session(): Promise<string> {
    this.#session ??= this.#once(this.create(), 'a session', () => {
      this.#session = undefined
    })
    return this.#session
  }

  async add(sessionId: string, resource: object): Promise<Reply> {
    return this.server.ask('POST', `/v1/sessions/${sessionId}/resources`, { beta: true, json: resource })
  }

  /** Mounts the file on the session; without a path, where the server likes. */
  async mount(path?: string): Promise<Mounted> {
    const [sessionId, file_id] = [await this.session(), await this.file()]
    const where = path === undefined ? {} : { mount_path: path }
    const { status, json } = await this.add(sessionId, { type: 'file', file_id, ...where })
    const [resourceId = '', fileId = ''] = [textAt(json, 'id'), textAt(json, 'file_id')]
    return { status, resourceId, fileId, path: textAt(json, 'mount_path') ?? '' }
  }

  delete(path: string): Promise<Reply> {
    return this.server.ask('DELETE', path, { beta: path.startsWith('/v1/sessions') })
  }

  /** What was made and is not known to be gone. */
  made(): { readonly sessions: readonly string[]; readonly files: readonly string[] } {
    return { sessions: [...this.#sessions], files: [...this.#files] }
  }

  /** What could not be made is tried anew by the next question that needs it. */
  async #once(reply: Promise<Reply>, what: string, forget: () => void): Promise<string> {
    try {
      return needId(await reply, what)
    } catch (error) {
      forget()
      throw error
    }
  }

  #note(made: Set<string>, reply: Reply): Reply {
    const id = textAt(reply.json, 'id')
    if (reply.status < 300 && id !== undefined) made.add(id)
    return reply
  }
}

export function needId({ status, json, text }: Reply, what: string): string {
  const id = textAt(json, 'id')
  if (status >= 300 || id === undefined) throw new Error(`${what} could not be made: ${status} ${text.slice(0, 200)}`)
  return id
}
