import * as v from 'valibot'
import { parseJson, read, text } from '../../text/json.ts'
import { openTransport } from '../transport.ts'

type Environment = Readonly<Record<string, string | undefined>>

const TIMEOUT_MS = 20_000

/**
 * Fetches a new OIDC token of GitHub for an audience, once. Not by `core.getIDToken`, which has no time limit and cannot
 * be cancelled. The runner offers the address and a token for it where the job has `id-token: write`.
 * @throws ApiError, the reason of the signal, or Error if the answer holds no token
 */
export async function fetchIdToken(audience: string, env: Environment, signal: AbortSignal): Promise<string> {
  const url = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '')
  url.searchParams.set('audience', audience)
  const { transport, close } = await openTransport(new URL(url.origin), 1, env)
  try {
    const reply = await transport(
      { method: 'GET', path: `${url.pathname}${url.search}`, repeat: 'freely', timeoutMs: TIMEOUT_MS },
      {
        authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? ''}`,
        accept: 'application/json',
        'user-agent': 'session-mount',
      },
      signal,
    )
    const token = read(v.object({ value: text }), parseJson(reply.text))
    if (token === undefined) throw new Error(`GitHub answered ${reply.status} without an OIDC token; run the job again`)
    return token.value
  } finally {
    await close()
  }
}
