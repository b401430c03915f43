import { OAUTH_BETA } from '../http/call.ts'
import { betasOf } from '../http/gate.ts'
import { missing, Problem } from '../http/problem.ts'
import { checkExchange } from '../oauth/oauth.ts'
import type { Credentials } from '../oauth/oauth-credentials.ts'
import { type Platform, WORKSPACE_HEADER, WORKSPACE_ID } from './platform.ts'

/**
 * Anthropic's own: a key, or an access token that a JWT was exchanged for.
 * @param keyNeedsWorkspace whether the key reaches several workspaces, so that a request has to name one (documented)
 */
export const openAnthropic = (credentials: Credentials, keyNeedsWorkspace: boolean): Platform => ({
  prefix: '',
  admit({ headers, route }) {
    const betas = betasOf(headers)
    if (route.isExchange) return checkExchange(betas)
    if (!credentials.accept(headers, betas.has(OAUTH_BETA))) throw new Problem(401, 'Authentication failed')
    const named = headers[WORKSPACE_HEADER]
    if (named === undefined && keyNeedsWorkspace)
      throw new Problem(400, `${WORKSPACE_HEADER}: header is required for this key`)
    if (named !== undefined && named !== WORKSPACE_ID)
      throw new Problem(403, `${WORKSPACE_HEADER}: this credential does not reach the workspace`)
  },
  /** Observed: even a caller without a key gets it. */
  refusePath: () => missing('Not found'),
  accessHeaders: () => ({ 'x-api-key': credentials.apiKey }),
  variables: (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: credentials.apiKey }),
})
