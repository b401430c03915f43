import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import { isFork, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { InputReader } from './reader.ts'

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
    read.problem('anthropic-api-key', missingText(withheld))
  } else if (key !== undefined && federated.length > 0) {
    const both = federated.map((input) => `\`${input}\``).join(', ')
    read.problem('anthropic-api-key', `is given together with ${both}; take the key away, or those`)
  }
  if (key !== undefined || federated.length === 0) return { kind: 'api-key', key: readKey(read, key) }
  return readFederation(read, tokenMissing && !missing)
}

function readKey(read: InputReader, key: string | undefined): string {
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    read.problem('anthropic-api-key', 'holds a space, a line break or a letter that no key has (not shown)')
  }
  return key ?? ''
}

function readFederation(read: InputReader, lacksPermission: boolean): CredentialInput {
  for (const input of ['anthropic-federation-rule-id', 'anthropic-organization-id'] as const) {
    if (read.text(input) === undefined) read.problem(input, 'missing: workload identity federation needs it')
  }
  if (lacksPermission) {
    read.problem(
      'anthropic-federation-rule-id',
      'needs an OIDC token of GitHub, which this job may not get: add `permissions: id-token: write` to the job',
    )
  }
  return {
    kind: 'federation',
    ruleId: read.id('anthropic-federation-rule-id') ?? '',
    organizationId: read.id('anthropic-organization-id') ?? '',
    serviceAccountId: read.id('anthropic-service-account-id'),
    workspaceId: read.id('anthropic-workspace-id'),
    audience: read.text('anthropic-oidc-audience') ?? '',
  }
}

function missingText(withheld: string | undefined): string {
  const ways =
    'missing: give `anthropic-api-key` from a secret, or, without a key, `anthropic-federation-rule-id` and `anthropic-organization-id`'
  return withheld === undefined
    ? ways
    : `${ways}. ${withheld}; with \`if-no-credentials: skip\` the step does nothing there`
}

/** Why GitHub withholds secrets and OIDC tokens from this run, if it does. */
function withheldFrom(event: WorkflowEvent, env: Environment): string | undefined {
  const from =
    event.kind === 'head' && !event.privileged && isFork(event)
      ? 'a pull request from a fork'
      : env.GITHUB_ACTOR === 'dependabot[bot]'
        ? 'Dependabot'
        : undefined
  return from === undefined ? undefined : `GitHub withholds secrets and OIDC tokens from a workflow that ${from} starts`
}
