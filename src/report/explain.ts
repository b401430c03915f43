import { ConnectionError, type ConnectionKind, StatusError } from '../api/errors.ts'
import { EffectError } from '../apply/effect.ts'
import { InputError } from '../inputs/reader.ts'
import { Refusal } from '../text/refusal.ts'

/**
 * An error in the words that a user sees: what happened, to what, and what to do next.
 * @param credential how the credential is called, like "API key"
 */
export function explain(error: unknown, credential = 'credential'): string {
  if (error instanceof InputError) return `${error.message}\nNothing was sent.`
  if (error instanceof Refusal) return `${error.message}\nNothing was changed.`
  if (!(error instanceof Error)) return String(error)
  const next = nextStep(error instanceof EffectError ? error.cause : error, credential)
  return next === undefined ? error.message : `${error.message}\n${next}`
}

/** What to do about an error of a call, if there is an idea. */
export function nextStep(error: Error, credential: string): string | undefined {
  if (error instanceof StatusError) return nextAfterStatus(error, credential)
  return error instanceof ConnectionError ? NEXT_AFTER_CONNECTION[error.kind] : undefined
}

const NEXT_AFTER_CONNECTION: Readonly<Record<ConnectionKind, string>> = {
  name: 'The name of the service (`base-url`) or of the proxy is not known to the runner: check its spelling, and the DNS of the network.',
  refused:
    'Nobody took the connection: check `base-url` and the proxy (HTTPS_PROXY), and that a firewall lets the runner out.',
  tls: 'The certificate is not trusted: if the network has a certificate authority of its own, set `NODE_EXTRA_CA_CERTS` to its file in the `env` of the job.',
  'tls-name':
    'The certificate is for another host: check `base-url`, and that no proxy answers in the place of the service.',
  proxy:
    'The proxy refused the connection (407 means that it wants a user and a password): check HTTPS_PROXY, or HTTP_PROXY for an http address, or except the host by NO_PROXY.',
  broken: 'It is not known whether the service acted on this call.',
}

function nextAfterStatus({ details: { status, code } }: StatusError, credential: string): string | undefined {
  if (code === 'storage_quota_exceeded')
    return 'Delete files that are not needed, or give uploads a shorter `expires-in`.'
  switch (status) {
    case 400:
      return 'The service found the request wrong: its message above says which part; change the input that it comes from.'
    case 401:
      return `The ${credential} was refused: check that it is complete, not revoked, and meant for this address (\`base-url\`).`
    case 402:
      return 'The organization has a billing problem; waiting does not help.'
    case 403:
      return `The ${credential} is not allowed to do this: check its workspace and permissions (a federation rule needs the scope \`workspace:developer\`).`
    case 404:
      return 'Check the ids: what a credential of another workspace owns is not found either.'
    case 413:
      return 'A file or the list of resources is too large: mount fewer or smaller files.'
    case 429:
      return 'The rate limit did not lift in time: lower `concurrency`, or run fewer jobs at once.'
    default:
      if (status >= 300 && status < 400) return 'Redirects are not followed: set `base-url` to the final address.'
      return status >= 500 ? 'The service has a problem; run the job again later.' : undefined
  }
}
