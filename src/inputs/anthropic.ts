import { PUBLIC_API } from '../api/connect.ts'
import type { Platform } from '../api/credentials/usable-credential.ts'
import { readBaseUrl } from './base-url.ts'
import { type Absence, type Access, type CredentialInput, FEDERATION, orSkip, readKey } from './credential.ts'
import type { InputReader } from './reader.ts'
import { type Environment, setting, variable } from './setting.ts'

/** Reads where Anthropic's own service is, and as whom it is called. */
export function readAnthropic(read: InputReader, env: Environment, absence: Absence): Access {
  const address = setting(read, 'base-url', env, 'ANTHROPIC_BASE_URL') ?? { text: PUBLIC_API, source: '' }
  return {
    baseUrl: readBaseUrl(read, address, 'anthropic'),
    credential: readCredential(read, env, absence),
  }
}

/** Reads the credential. Secrets never stand in a problem. */
function readCredential(read: InputReader, env: Environment, absence: Absence): CredentialInput {
  const key = read.text('anthropic-api-key')
  const federated = FEDERATION.filter((input) => read.text(input) !== undefined)
  const tokenMissing = !env.ACTIONS_ID_TOKEN_REQUEST_URL
  const isWithheld = absence.withheld !== undefined
  const missing = key === undefined && (federated.length === 0 || (tokenMissing && isWithheld))
  if (missing && absence.isAllowed) return { kind: 'skip', why: absence.withheld ?? 'No credential is given' }
  if (missing) {
    read.problem('anthropic-api-key', `${credentialMissing(isWithheld, env)}${orSkip(absence)}`)
  } else if (key !== undefined && federated.length > 0) {
    const both = federated.map((input) => `\`${input}\``).join(', ')
    read.problem('anthropic-api-key', `cannot be combined with ${both}; remove the key, or those`)
  }
  if (key === undefined && federated.length > 0) return readFederation(read, tokenMissing && !missing)
  const workspaceId = read.id('anthropic-workspace-id', 'workspace')
  return { kind: 'api-key', key: key === undefined ? '' : readKey(read, { text: key, source: '' }), workspaceId }
}

function readFederation(read: InputReader, lacksPermission: boolean): CredentialInput {
  for (const input of ['anthropic-federation-rule-id', 'anthropic-organization-id'] as const) {
    if (read.text(input) === undefined) read.problem(input, 'required for workload identity federation')
  }
  if (lacksPermission) {
    read.problem(
      'anthropic-federation-rule-id',
      'needs an OIDC token of GitHub, which this job may not request; add `permissions: id-token: write` to the job',
    )
  }
  return {
    kind: 'federation',
    ruleId: read.id('anthropic-federation-rule-id', 'federation rule') ?? '',
    organizationId: read.id('anthropic-organization-id', 'organization') ?? '',
    serviceAccountId: read.id('anthropic-service-account-id', 'service account'),
    workspaceId: read.id('anthropic-workspace-id', 'workspace'),
    audience: read.text('anthropic-oidc-audience') ?? '',
  }
}

/** Variables that only the clients of a cloud read. */
const CLOUD_VARIABLES: readonly (readonly [Platform, RegExp])[] = [
  ['aws', /^ANTHROPIC_AWS_/],
  ['google-cloud', /^ANTHROPIC_GOOGLE_CLOUD_/],
]

function credentialMissing(isWithheld: boolean, env: Environment): string {
  const ways =
    'required: pass an API key from a secret, or set `anthropic-federation-rule-id` and `anthropic-organization-id`'
  for (const [platform, prefix] of CLOUD_VARIABLES) {
    const name = Object.keys(env).find((each) => prefix.test(each) && variable(env, each) !== undefined)
    if (name !== undefined) return `${ways}. ${name} is set: for that platform, set \`platform: ${platform}\``
  }
  return isWithheld
    ? ways
    : `${ways}. In a reusable workflow, the caller has to pass the secret on (\`secrets: inherit\`)`
}
