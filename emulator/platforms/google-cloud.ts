import { Problem } from '../http/problem.ts'
import { credentialsFile, type GoogleTokens } from './google-tokens.ts'
import { permissionOf } from './permission.ts'
import { type Platform, WORKSPACE_ID } from './platform.ts'

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
export function openGoogleCloud(options: GoogleCloudOptions, tokens: GoogleTokens): Platform {
  const { project = 'emulator-project', location = 'global', role = 'user' } = options
  const resource = `projects/${project}/locations/${location}/workspaces/${WORKSPACE_ID}`
  const prefix = `/v1/${resource}/invoke`
  return {
    prefix,
    admit({ method, target, headers: { authorization } }) {
      if (authorization === undefined)
        throw unauthenticated(`Request is missing required authentication credential. ${NEEDED}`)
      if (!tokens.isLive(authorization.replace(/^Bearer /i, '')))
        throw unauthenticated(`Request had invalid authentication credentials. ${NEEDED}`)
      if (role === 'viewer' && method !== 'GET') {
        const { verb, collection } = permissionOf(method, target)
        const noun = collection.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
        throw denied(`Permission 'claude.${noun}.${verb.toLowerCase()}' denied`, resource)
      }
    },
    /** Of another workspace nobody is told whether it is there. */
    refusePath(path) {
      const other = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/workspaces\/[^/]+)\/invoke\//.exec(path)?.[1]
      if (other !== undefined && other !== resource) return denied('Permission denied', other)
      return new GoogleRefusal(404, 'NOT_FOUND', 'Requested entity was not found.')
    },
    accessHeaders: () => ({ authorization: `Bearer ${tokens.issue()}` }),
    /** Beside these, the action sets `GOOGLE_APPLICATION_CREDENTIALS` to the file that it writes. */
    variables: (url) => ({
      GOOGLE_CLOUD_PROJECT: project,
      ANTHROPIC_GOOGLE_CLOUD_BASE_URL: `${url}${prefix}`,
      ANTHROPIC_GOOGLE_CLOUD_LOCATION: location,
      ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: WORKSPACE_ID,
    }),
    credentialsFile: (url) => credentialsFile(url, tokens.ownSource(url)),
    tokens: (request, response) => void tokens.serve(request, response).catch(() => request.socket.destroy()),
  }
}

const unauthenticated = (message: string): GoogleRefusal => new GoogleRefusal(401, 'UNAUTHENTICATED', message)

function denied(what: string, resource: string): GoogleRefusal {
  const place = `on resource '//claude.googleapis.com/${resource}' (or it may not exist).`
  return new GoogleRefusal(403, 'PERMISSION_DENIED', `${what} ${place}`)
}
