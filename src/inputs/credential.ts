import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import { FORKS_GET_NO_SECRETS, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { InputReader } from './reader.ts'

/** Inputs that hold secrets. */
export const SECRET_INPUTS: readonly string[] = ['anthropic-api-key', 'github-token', 'workflow-token']

/** As whom the service is called, or why the step does nothing. */
export type CredentialInput =
  | UsableCredential
  /** There is none, and the inputs say that this is no error. */
  | { readonly kind: 'skip'; readonly why: string }

type Environment = Readonly<Record<string, string | undefined>>

const FEDERATION = [
  'anthropic-federation-rule-id',
  'anthropic-organization-id',
  'anthropic-service-account-id',
  'anthropic-workspace-id',
] as const

/** Reads the credential. Secrets never stand in a problem. */
export function readCredential(read: InputReader, env: Environment, event: WorkflowEvent): CredentialInput {
  const onMissing = read.oneOf('if-no-credentials', ['error', 'skip'])
  const key = read.text('anthropic-api-key')
  const federated = FEDERATION.filter((input) => read.text(input) !== undefined)
  const withheld = withheldFrom(event, env)
  const tokenMissing = !env.ACTIONS_ID_TOKEN_REQUEST_URL
  const missing = key === undefined && (federated.length === 0 || (tokenMissing && withheld !== undefined))
  if (missing && onMissing === 'skip') return { kind: 'skip', why: withheld ?? 'No credential is given' }
  if (missing) {
    read.problem('anthropic-api-key', credentialMissing(withheld))
  } else if (key !== undefined && federated.length > 0) {
    const both = federated.map((input) => `\`${input}\``).join(', ')
    read.problem('anthropic-api-key', `cannot be combined with ${both}; remove the key, or those`)
  }
  if (key !== undefined || federated.length === 0) return { kind: 'api-key', key: readKey(read, key) }
  return readFederation(read, tokenMissing && !missing)
}

function readKey(read: InputReader, key: string | undefined): string {
  const flaw = key === undefined ? undefined : flawOf(key)
  if (flaw !== undefined) {
    read.problem('anthropic-api-key', `${flaw} (value not shown); store the key alone in the secret`)
  }
  return key ?? ''
}

/** Describes the flaw of a secret that was pasted with something around it; undefined if there is none. */
export function flawOf(secret: string): string | undefined {
  if (/^(["'`]).*\1$/s.test(secret)) return 'is in quotes'
  if (/^[{[]/.test(secret)) return 'looks like JSON'
  if (/^\$|\$\{|^%\w+%$/.test(secret)) return 'looks like the name of a variable that was not replaced'
  if (/^(bearer|x-api-key|authorization)\b/i.test(secret)) return 'looks like a header'
  if (/^\w+=/.test(secret)) return 'looks like an assignment (`NAME=value`)'
  return /^[\x21-\x7e]+$/.test(secret) ? undefined : 'contains a space, a line break or a non-ASCII character'
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

function credentialMissing(withheld: string | undefined): string {
  const ways =
    'required: pass an API key from a secret, or set `anthropic-federation-rule-id` and `anthropic-organization-id`'
  return withheld === undefined
    ? `${ways}. In a reusable workflow, the caller has to pass the secret on (\`secrets: inherit\`)`
    : `${ways}. ${withheld}; set \`if-no-credentials: skip\` to skip the step there`
}

/** The reason for which GitHub withholds secrets and OIDC tokens from this run; undefined if it does not. */
function withheldFrom(event: WorkflowEvent, env: Environment): string | undefined {
  const withheld = (who: string) => `GitHub withholds secrets and OIDC tokens from a workflow that ${who} starts`
  if (event.kind === 'head' && event.change === 'fork' && FORKS_GET_NO_SECRETS.has(event.name)) {
    return withheld('a pull request from a fork')
  }
  return env.GITHUB_ACTOR === 'dependabot[bot]' ? withheld('Dependabot') : undefined
}
