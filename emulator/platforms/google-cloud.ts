import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from '../http/problem.ts'
import { credentialsFile, type GoogleTokens } from './google-tokens.ts'
import { permissionOf } from './permission.ts'
import { type Knock, type Platform, type Variables, WORKSPACE_ID } from './platform.ts'

export interface GoogleCloudOptions {
  readonly project?: string | undefined
  /** `global` if not given. */
  readonly location?: string | undefined
  /** `user`, who may do all, if not given; a `viewer` may read. */
  readonly role?: 'user' | 'viewer' | undefined
}

/** A refusal in the form that Google's services give to theirs. */
class GoogleRefusal extends Problem {
  readonly #state: string

  constructor(status: number, state: string, message: string) {
    super(status, message)
    this.#state = state
  }

  override envelope(): object {
    return { error: { code: this.status, message: this.message, status: this.#state } }
  }
}

const NEEDED = 'Expected OAuth 2 access token, login cookie or other valid authentication credential.'

/** Claude Models on Google Cloud: a path of its own for each workspace, and Google's access tokens. */
export class GoogleCloud implements Platform {
  readonly #project: string
  readonly #location: string
  readonly #role: 'user' | 'viewer'
  readonly #tokens: GoogleTokens

  constructor({ project, location, role }: GoogleCloudOptions, tokens: GoogleTokens) {
    this.#project = project ?? 'emulator-project'
    this.#location = location ?? 'global'
    this.#role = role ?? 'user'
    this.#tokens = tokens
  }

  get prefix(): string {
    return `/v1/${this.#resource}/invoke`
  }

  get #resource(): string {
    return `projects/${this.#project}/locations/${this.#location}/workspaces/${WORKSPACE_ID}`
  }

  admit({ method, target, headers: { authorization } }: Knock): void {
    if (authorization === undefined)
      throw new GoogleRefusal(
        401,
        'UNAUTHENTICATED',
        `Request is missing required authentication credential. ${NEEDED}`,
      )
    if (!this.#tokens.isLive(authorization.replace(/^Bearer /i, '')))
      throw new GoogleRefusal(401, 'UNAUTHENTICATED', `Request had invalid authentication credentials. ${NEEDED}`)
    if (this.#role === 'viewer' && method !== 'GET') {
      const { verb, collection } = permissionOf(method, target)
      const noun = collection.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
      throw this.#denied(`Permission 'claude.${noun}.${verb.toLowerCase()}' denied`, this.#resource)
    }
  }

  #denied(what: string, resource: string): GoogleRefusal {
    const place = `on resource '//claude.googleapis.com/${resource}' (or it may not exist).`
    return new GoogleRefusal(403, 'PERMISSION_DENIED', `${what} ${place}`)
  }

  checkBody(): void {}

  /** Of another workspace nobody is told whether it is there. */
  refusePath(path: string): Problem {
    const other = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/workspaces\/[^/]+)\/invoke\//.exec(path)?.[1]
    if (other !== undefined && other !== this.#resource) return this.#denied('Permission denied', other)
    return new GoogleRefusal(404, 'NOT_FOUND', 'Requested entity was not found.')
  }

  replyHeaders(): Variables {
    return {}
  }

  accessHeaders(): Variables {
    return { authorization: `Bearer ${this.#tokens.issue()}` }
  }

  /** Beside these, the action sets `GOOGLE_APPLICATION_CREDENTIALS` to the file that it writes. */
  variables(url: string): Variables {
    return {
      GOOGLE_CLOUD_PROJECT: this.#project,
      ANTHROPIC_GOOGLE_CLOUD_BASE_URL: `${url}${this.prefix}`,
      ANTHROPIC_GOOGLE_CLOUD_LOCATION: this.#location,
      ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: WORKSPACE_ID,
    }
  }

  credentialsFile(url: string): object {
    return credentialsFile(url, this.#tokens.ownSource(url))
  }

  readonly tokens = (request: IncomingMessage, response: ServerResponse): void => {
    this.#tokens.serve(request, response).catch(() => request.socket.destroy())
  }

  clear(): void {}
}
