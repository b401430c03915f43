import type { IncomingHttpHeaders } from 'node:http'
import { OAUTH_BETA } from '../http/call.ts'
import { betasOf } from '../http/gate.ts'
import { missing, Problem } from '../http/problem.ts'
import { checkExchange } from '../oauth/oauth.ts'
import type { Credentials } from '../oauth/oauth-credentials.ts'
import { type Knock, type Platform, type Variables, WORKSPACE_HEADER, WORKSPACE_ID } from './platform.ts'

/** Anthropic's own: a key, or an access token that a JWT was exchanged for. */
export class Anthropic implements Platform {
  readonly prefix = ''
  readonly #credentials: Credentials
  readonly #keyNeedsWorkspace: boolean

  /** @param keyNeedsWorkspace whether the key reaches several workspaces, so that a request has to name one (documented) */
  constructor(credentials: Credentials, keyNeedsWorkspace: boolean) {
    this.#credentials = credentials
    this.#keyNeedsWorkspace = keyNeedsWorkspace
  }

  admit({ headers, route }: Knock): void {
    const betas = betasOf(headers)
    if (route.isExchange) checkExchange(betas)
    else this.#checkCredential(headers, betas)
  }

  #checkCredential(headers: IncomingHttpHeaders, betas: ReadonlySet<string>): void {
    if (!this.#credentials.accept(headers, betas.has(OAUTH_BETA))) throw new Problem(401, 'Authentication failed')
    const named = headers[WORKSPACE_HEADER]
    if (named === undefined && this.#keyNeedsWorkspace)
      throw new Problem(400, `${WORKSPACE_HEADER}: header is required for this key`)
    if (named !== undefined && named !== WORKSPACE_ID)
      throw new Problem(403, `${WORKSPACE_HEADER}: this credential does not reach the workspace`)
  }

  checkBody(): void {}

  /** Observed: even a caller without a key gets it. */
  refusePath(): Problem {
    return missing('Not found')
  }

  replyHeaders(): Variables {
    return {}
  }

  accessHeaders(): Variables {
    return { 'x-api-key': this.#credentials.apiKey }
  }

  variables(url: string): Variables {
    return { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: this.#credentials.apiKey }
  }

  clear(): void {}
}
