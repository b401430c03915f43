import { escapeForLog } from '../text/escape.ts'
import { ApiError, type CallName } from './errors.ts'

/**
 * Why there was no answer: each needs another remedy. All but `broken` are of connections that were never made; `tls-plain`
 * is an answer in plain http, `proxy` a refusal of the proxy.
 */
export type ConnectionKind =
  | 'name'
  | 'unconnected'
  | 'tls-untrusted'
  | 'tls-name'
  | 'tls-expired'
  | 'tls-early'
  | 'tls-plain'
  | 'tls-handshake'
  | 'proxy'
  | 'broken'

/** How far a request had come when it failed. `connecting` includes the tunnel of a proxy and the TLS handshake. */
export type Phase = 'connecting' | 'sent'

export interface Failing {
  readonly phase: Phase
  /** While the proxy itself was being connected to. */
  readonly atProxy: boolean
}

/** No answer: the connection could not be made, broke, or timed out. */
export class ConnectionError extends ApiError {
  readonly acted: 'no' | 'unknown'
  readonly code: string
  readonly kind: ConnectionKind
  /** It is the proxy that could not be reached. */
  readonly atProxy: boolean

  constructor(call: CallName, code: string, failing: Failing, cause: unknown) {
    super(call, `no answer${describe(code, cause)}`, { cause })
    this.name = 'ConnectionError'
    this.code = code
    this.kind = connectionKind(code, cause, failing.phase)
    this.atProxy = failing.atProxy
    // Without a connection, not a byte of the request has left.
    this.acted = this.kind === 'broken' ? 'unknown' : 'no'
  }
}

/** OpenSSL's words for bytes that are no TLS, as code or in the text. */
const PLAIN = /wrong.version.number|packet.length.too.long|http.request/i

/** Codes of OpenSSL's verification of a chain (Node's documentation of TLS errors). */
const UNTRUSTED =
  /^(CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT_)/

const TLS_KINDS: Readonly<Record<string, ConnectionKind>> = {
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
  HOSTNAME_MISMATCH: 'tls-name',
  UND_ERR_PRX_TLS: 'tls-name',
}

function connectionKind(code: string, cause: unknown, phase: Phase): ConnectionKind {
  const text = cause instanceof Object && 'message' in cause ? String(cause.message) : ''
  if (/^Proxy (response|authentication required|connection)/i.test(text)) return 'proxy'
  if (phase === 'sent') return 'broken'
  if (/^EAI_|^ENOTFOUND$/.test(code)) return 'name'
  const tls = TLS_KINDS[code]
  if (tls !== undefined) return tls
  if (PLAIN.test(code) || (code === 'EPROTO' && PLAIN.test(text))) return 'tls-plain'
  if (UNTRUSTED.test(code)) return 'tls-untrusted'
  return /^(ERR_TLS_|ERR_SSL_|EPROTO$)/.test(code) ? 'tls-handshake' : 'unconnected'
}

const MEANINGS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'host not found',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  EPIPE: 'connection lost',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_BODY_TIMEOUT: 'no data for too long',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no reply for too long',
  UND_ERR_SOCKET: 'connection lost',
}

/** In words where there are some, with the code; of several addresses, what the system says of each. */
function describe(code: string, cause: unknown): string {
  const meaning = MEANINGS[code]
  const details = detailsOf(cause)
    .map((text) => (meaning === undefined ? text : text.replace(CALL_AND_CODE, '')))
    .filter((text) => text !== '')
  const said = [...new Set(details)].join('; ')
  const inside = [code, ...(said === '' ? [] : [said])].join(meaning === undefined ? ': ' : ' ')
  return `${meaning === undefined ? '' : `: ${meaning}`} (${escapeForLog(inside)})`
}

/** As Node begins its messages: `connect ECONNREFUSED 127.0.0.1:443`. */
const CALL_AND_CODE = /^(?:connect|getaddrinfo|read|write) [A-Z_]+ ?/

/** What the system says, without OpenSSL's numbers. */
function detailsOf(cause: unknown): readonly string[] {
  if (!(cause instanceof Object) || !('message' in cause)) return [String(cause)]
  const each = 'errors' in cause && Array.isArray(cause.errors) ? cause.errors : [cause]
  const texts = each.map((error) => String(error?.message ?? error))
  return texts.map((text) => /error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/.exec(text)?.[1] ?? text)
}
