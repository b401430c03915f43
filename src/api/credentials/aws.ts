import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { until } from '../../stop/until.ts'
import type { Credential, RequestToSign } from '../client.ts'
import { addressOf } from '../request.ts'
import { adviceOfAws } from './aws-advice.ts'
import { CloudCredentialError, type CloudParts, failureText } from './cloud-parts.ts'
import { loadCloud } from './load-cloud.ts'
import type { Identity } from './usable-credential.ts'

/** A workspace of Claude Platform on AWS. Its region is that of the signatures, too. */
type AwsWorkspace = Omit<Extract<Identity, { kind: 'aws' }>, 'kind'>

/** Of the signature's scope, and of the actions in a policy. */
const SERVICE = 'aws-external-anthropic'

const UNSIGNED_BODY = 'UNSIGNED-PAYLOAD'

interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Calls the service with a key of a workspace, as the official client sends it. */
export function awsKey(key: string, workspaceId: string): Credential {
  const headers = { authorization: `Bearer ${key}`, 'anthropic-workspace-id': workspaceId }
  return {
    description: 'API key of the workspace on AWS',
    isOutsideConsole: true,
    sign: async () => headers,
    advise: (refusal) => adviceOfAws(refusal),
  }
}

/** Signs each request with credentials of AWS (Signature Version 4), as the official client does. */
export function aws(workspace: AwsWorkspace, baseUrl: URL, parts: CloudParts): Credential {
  let opening: ReturnType<typeof openSigner> | undefined
  return {
    description: 'AWS credentials',
    isOutsideConsole: true,
    sign: async (request) => {
      opening ??= openSigner(workspace, parts)
      const signer = await opening
      const toSign = unsigned(request, baseUrl, workspace)
      const { headers } = await until(parts.stop.abortInFlight, signer.sign(toSign))
      return Object.fromEntries(Object.entries(headers).filter(([name]) => IS_OURS.test(name)))
    },
    advise: (refusal) => adviceOfAws(refusal, workspace.region),
  }
}

/** The rest is in the request already, or added by the connection. */
const IS_OURS = /^(?:authorization|anthropic-workspace-id|x-amz-.*)$/

/** A file is read but once: its upload goes without a hash, and without the type that names its boundary. */
function unsigned({ method, target, headers, body }: RequestToSign, baseUrl: URL, { workspaceId }: AwsWorkspace) {
  const url = addressOf(baseUrl, target)
  const { text, contentType } = body ?? { text: '' }
  return {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    headers: {
      ...headers,
      host: url.host,
      'anthropic-workspace-id': workspaceId,
      ...(text === undefined ? { 'x-amz-content-sha256': UNSIGNED_BODY } : {}),
      ...(text === undefined || contentType === undefined ? {} : { 'content-type': contentType }),
    },
    body: text,
  }
}

async function openSigner({ region }: AwsWorkspace, parts: CloudParts) {
  const { SignatureV4, Sha256 } = await (await loadCloud()).loadSigner()
  const credentials = keysIn(parts.env) ?? (await openChain(region, parts.env))
  let known: unknown
  return new SignatureV4({
    service: SERVICE,
    region,
    sha256: Sha256,
    credentials: async () => {
      const keys = typeof credentials === 'function' ? await credentials() : credentials
      if (keys !== known) for (const secret of [keys.secretAccessKey, keys.sessionToken ?? '']) parts.secret(secret)
      known = keys
      return keys
    },
  })
}

/** Keys of the environment go before a profile of it, as in AWS's own command line. */
function keysIn(env: CloudParts['env']): AwsKeys | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined
  const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  return AWS_SESSION_TOKEN ? { ...keys, sessionToken: AWS_SESSION_TOKEN } : keys
}

/** Where else AWS looks: a profile, a web identity, a container, an instance. What it gave is renewed before its end. */
async function openChain(region: string, env: CloudParts['env']): Promise<() => Promise<AwsKeys>> {
  // AWS's clients know of no proxy; Node's connections do.
  const options = { keepAlive: true, proxyEnv: env }
  const requestHandler = { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) }
  const chain = (await (await loadCloud()).loadAwsChain())({ clientConfig: { region, requestHandler } })
  return async () => {
    try {
      return await chain()
    } catch (error) {
      throw new CloudCredentialError(
        `AWS gave no credentials: ${failureText(error)}. Run \`aws-actions/configure-aws-credentials\` before this step.`,
        { cause: error },
      )
    }
  }
}
