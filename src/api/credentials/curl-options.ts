import { createHash } from 'node:crypto'
import type { Identity } from './usable-credential.ts'

/** What signs a request hashes its body, too; the commands send none. */
const HASH_OF_NOTHING = createHash('sha256').digest('hex')

/** Options with which `curl` calls the service as the run does, in a shell that has the same variables. */
export function curlOptions(identity: Identity): string {
  const headers = headersOf(identity).map((header) => ` -H "${header}"`)
  return identity.kind === 'aws'
    ? `--aws-sigv4 aws:amz:${identity.region}:aws-external-anthropic -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"${headers.join('')}`
    : headers.join('').trimStart()
}

function headersOf(identity: Identity): readonly string[] {
  switch (identity.kind) {
    case 'federation':
      return ['x-api-key: $ANTHROPIC_API_KEY']
    case 'api-key':
      return ['x-api-key: $ANTHROPIC_API_KEY', ...workspace(identity.workspaceId)]
    case 'aws-key':
      return ['authorization: Bearer $ANTHROPIC_AWS_API_KEY', ...workspace(identity.workspaceId)]
    case 'aws':
      return [
        'x-amz-security-token: $AWS_SESSION_TOKEN',
        `x-amz-content-sha256: ${HASH_OF_NOTHING}`,
        ...workspace(identity.workspaceId),
      ]
    case 'google-cloud':
      return ['authorization: Bearer $(gcloud auth print-access-token)']
  }
}

function workspace(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [`anthropic-workspace-id: ${id}`]
}
