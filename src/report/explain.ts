import { ConnectionError, type ConnectionKind } from '../api/connection-error.ts'
import { StatusError } from '../api/errors.ts'
import { EffectError } from '../apply/effect.ts'
import { InputError } from '../inputs/reader.ts'
import { Refusal } from '../text/refusal.ts'

/** An error in the words that a user sees: what happened, to what, and what to do next. */
export function explain(error: unknown): string {
  if (error instanceof InputError) return `${error.message}\nNothing was sent.`
  if (error instanceof Refusal) return `${error.message}\nNothing was changed.`
  if (!(error instanceof Error)) return String(error)
  const next = nextStep(error instanceof EffectError ? error.cause : error)
  return next === undefined ? error.message : `${error.message}\n${next}`
}

/** Advice for an error of a call; undefined if there is none. */
export function nextStep(error: Error): string | undefined {
  if (error instanceof StatusError) return nextAfterStatus(error)
  return error instanceof ConnectionError
    ? NEXT_AFTER_CONNECTION[error.kind](error.atProxy ? PROXY : SERVER)
    : undefined
}

/** The other end of a connection, and the setting that names it. */
interface Peer {
  readonly name: string
  readonly setting: string
}

const SERVER: Peer = { name: 'The server', setting: '`base-url`' }
const PROXY: Peer = { name: 'The proxy', setting: 'HTTPS_PROXY' }

const NEXT_AFTER_CONNECTION: Readonly<Record<ConnectionKind, (peer: Peer) => string>> = {
  name: ({ setting }) => `The runner cannot resolve this host name. Check ${setting} for typos, and the network's DNS.`,
  unconnected: () =>
    "Could not connect. Check `base-url`, the proxy (HTTPS_PROXY), and that the runner's firewall allows outgoing connections.",
  'tls-untrusted': ({ name }) =>
    `${name} has a certificate that is not trusted. If your network has its own certificate authority, set \`NODE_EXTRA_CA_CERTS\` to its file in the \`env\` of the job.`,
  'tls-name': ({ name, setting }) =>
    `${name} has a certificate for another host. Check ${setting}, and that nothing else answers in its place.`,
  'tls-expired': ({ name }) =>
    `${name} has a certificate that has expired. It has to be renewed there, unless the runner's clock is wrong.`,
  'tls-early': ({ name }) => `${name} has a certificate that is not valid yet. Check the runner's clock.`,
  'tls-plain': ({ name, setting }) =>
    `${name} did not answer with TLS; it seems to speak plain http. Check the scheme and the port in ${setting}.`,
  'tls-handshake': ({ name, setting }) =>
    `${name} and the runner could not agree on a TLS connection. Check ${setting}, and that nothing in between filters TLS.`,
  proxy: () =>
    'The proxy refused the connection (407 means that it wants a user and a password). Check HTTPS_PROXY, or HTTP_PROXY for an http address, or list the host in NO_PROXY.',
  broken: () => 'It is not known whether the service acted on this call.',
}

function nextAfterStatus({ details, attempts, credential, advice }: StatusError): string | undefined {
  const { status, code, isForeign } = details
  if (advice !== undefined) return advice
  if (code === 'storage_quota_exceeded')
    return 'Delete files that are not needed, or give uploads a shorter `expires-in`.'
  switch (status) {
    case 400:
      return 'The service rejected the request; its message above says why.'
    case 401:
      return `The ${credential} was refused. Check that it is complete, not revoked, and meant for this address (\`base-url\`).`
    case 402:
      return 'The organization has a billing problem; waiting does not help.'
    case 403:
      return `The ${credential} is not allowed to do this. Check its workspace and permissions (a federation rule needs the scope \`workspace:developer\`).`
    case 404:
      if (isForeign) return 'Something other than the service answered. Check `base-url`, and any proxy in between.'
      return 'Check the ids: what belongs to another workspace than the credential is not found either.'
    case 413:
      return 'A file or the list of resources is too large. Mount fewer or smaller files.'
    case 429:
      return 'The rate limit did not lift in time. Lower `concurrency`, or run fewer jobs at once.'
    default:
      if (status >= 300 && status < 400) return 'Redirects are not followed. Set `base-url` to the final address.'
      return status >= 500 ? failedText(status, attempts) : undefined
  }
}

function failedText(status: number, attempts: number): string {
  const times = attempts === 1 ? '' : ` ${attempts} times in a row`
  return `The service failed${times} (${status}). Run the job again later.`
}
