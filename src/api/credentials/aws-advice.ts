import type { StatusError } from '../errors.ts'

/** What to do about a refusal by AWS. @param region of the signature, if there is one */
export function adviceOfAws(_refusal: StatusError, _region?: string): string | undefined {
  return undefined
}
