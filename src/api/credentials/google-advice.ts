import type { StatusError } from '../errors.ts'

/** What to do about a refusal by Google Cloud. */
export function adviceOfGoogle({ details }: StatusError): string | undefined {
  return details.status === 403 ? 'Grant `roles/claude.user`.' : undefined
}
