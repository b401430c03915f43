import type { StatusError } from '../errors.ts'

const ACCOUNT = 'the service account or principal of `google-github-actions/auth`'

export function adviceOfGoogle({ details }: StatusError): string | undefined {
  const { status, type, message = '' } = details
  // A proxy's answer has no type.
  if (type === undefined) return undefined
  switch (status) {
    case 401:
      return 'Google refused the access token. Run `google-github-actions/auth` before this step, in the same job, and check its provider and service account.'
    case 403:
      return /disabled|has not been used/i.test(message)
        ? 'Enable `claude.googleapis.com` and `anthropic-managed-claude.cloudpartnerservices.goog` once for the project.'
        : `Grant ${ACCOUNT} \`roles/claude.user\` on the project, and check the project and \`anthropic-workspace-id\`.`
    case 404:
      return 'Check the ids, the project (GOOGLE_CLOUD_PROJECT), the location and `anthropic-workspace-id` among them.'
    default:
      return undefined
  }
}
