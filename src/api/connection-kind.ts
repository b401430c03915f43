import type { ConnectionKind } from './errors.ts'

const NAME = new Set(['ENOTFOUND', 'EAI_AGAIN'])

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** Codes of OpenSSL's verification of a chain, and of Node's own checks (Node's documentation of TLS errors). */
const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|SELF_SIGNED_CERT|DEPTH_ZERO_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)/

/** Sorts an error of the connection by its code, or, for a proxy's refusal, which has none of its own, by its text. */
export function connectionKind(code: string, error: Error): ConnectionKind {
  if (NAME.has(code)) return 'name'
  if (REFUSED.has(code)) return 'refused'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') return 'tls-name'
  if (TLS.test(code)) return 'tls'
  return /Proxy response|proxy/i.test(error.message) ? 'proxy' : 'broken'
}
