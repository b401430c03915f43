import { until } from '../../stop/until.ts'
import type { Credential } from '../client.ts'
import { CloudCredentialError, type CloudParts, failureText } from './cloud-parts.ts'
import { adviceOfGoogle } from './google-advice.ts'
import { loadCloud } from './load-cloud.ts'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

/** Without one, the library would ask Google for the project, which the address names already. */
const ANY_PROJECT = 'none'

/** Calls the service with access tokens of Google, from Application Default Credentials; the library renews them. */
export function googleCloud(parts: CloudParts): Credential {
  let opening: ReturnType<typeof openClient> | undefined
  let known = ''
  return {
    description: 'Google Cloud credentials',
    isOutsideConsole: true,
    sign: async () => {
      opening ??= openClient(parts)
      const token = await until(parts.stop.abortInFlight, fetchToken(opening))
      if (token !== known) parts.secret(token)
      known = token
      return { authorization: `Bearer ${token}` }
    },
    refused: ({ authorization }) => {
      if (authorization === `Bearer ${known}`) opening = undefined
    },
    advise: adviceOfGoogle,
  }
}

const loadGoogle = async () => (await loadCloud()).loadGoogleAuth()

type GoogleClient = Awaited<ReturnType<InstanceType<Awaited<ReturnType<typeof loadGoogle>>>['getClient']>>

async function openClient({ secret }: CloudParts) {
  const GoogleAuth = await loadGoogle()
  const client = await new GoogleAuth({ scopes: SCOPE, projectId: ANY_PROJECT }).getClient()
  hideExchanged(client, secret)
  return client
}

/** What is exchanged on the way to an access token: the job's OIDC token, and one that acts for a service account. */
function hideExchanged(client: GoogleClient, secret: CloudParts['secret']): void {
  client.transporter.interceptors.request.add({
    resolved: async (request) => {
      const bearer = request.headers.get('authorization')?.replace(/^Bearer\s+/i, '')
      if (bearer) secret(bearer)
      return request
    },
  })
  if (!('retrieveSubjectToken' in client)) return
  const retrieve = client.retrieveSubjectToken.bind(client)
  client.retrieveSubjectToken = async () => {
    const token = await retrieve()
    secret(token)
    return token
  }
}

async function fetchToken(client: ReturnType<typeof openClient>): Promise<string> {
  try {
    const { token } = await (await client).getAccessToken()
    if (token) return token
  } catch (error) {
    throw refusedBecause(failureText(error), error)
  }
  throw refusedBecause('it answered without an access token')
}

function refusedBecause(reason: string, cause?: unknown): CloudCredentialError {
  return new CloudCredentialError(
    `Google Cloud gave no access token: ${reason}. Run \`google-github-actions/auth\` before this step, in the same job, and check its provider and service account.`,
    { cause },
  )
}
