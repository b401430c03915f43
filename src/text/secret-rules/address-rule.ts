import { isPlaceholder } from './placeholder.ts'
import type { Rule } from './rule.ts'

/** Passwords of databases, proxies and registries, as `scheme://user:password@host`. */
export const ADDRESS_RULE: Rule = {
  id: 'a password in an address',
  literals: ['tp:/', 'ps:/', 'es:/', 'ql:/', 'is:/', 'ss:/', 'db:/', 'rv:/', 'qp:/', 'lx:/', 'er:/'],
  pattern:
    /[a-z][a-z0-9+.-]{1,30}:\/\/([^\s:@/"'`<>\\]{0,100}):(?<secret>[^\s@/"'`<>\\]{3,200})@([A-Za-z0-9.%_[\]:-]{1,200})/g,
  example: 'postgres://app:{18}@db.internal.acme.io:5432/app',
  source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  standsInData: true,
  isWorthwhile: hasLogin,
  isSecret: isPasswordOfAddress,
}

/** How far a login may reach. */
const LONGEST_LOGIN = 300

/** What ends the part of an address that may hold a login. */
const ENDS = new Set(Buffer.from('\t\n\r "#\'/<>?\\`)'))
const [AT, COLON] = Buffer.from('@:')

/** Whether something like `user:password@` follows the scheme. Nearly all addresses have none, and every text has many. */
function hasLogin(bytes: Uint8Array, at: number): boolean {
  let hasColon = false
  for (let i = at + 'tp://'.length; i < Math.min(bytes.length, at + LONGEST_LOGIN); i++) {
    const byte = bytes[i] ?? 0
    if (byte === AT) return hasColon
    if (ENDS.has(byte)) return false
    hasColon ||= byte === COLON
  }
  return false
}

/** Databases are given a password of their own; elsewhere in the web a password has to look like one. */
const DATABASE = /^(?:postgres|mysql|maria|mongo|redis|amqp|mssql|sqlserver|cockroach|clickhouse)/

/** Words that examples and test databases have for a password. */
const COMMON =
  /^(?:(?:my|your|the|some|test|db|super)?[-_]?(?:pass(?:word|wd)?|pwd|secret|token|user(?:name)?|admin|root|postgres|mysql|mongo|redis|guest|test|foo|bar|baz|key|api[-_]?key|hunter2|changeme|changeit|letmein|qwerty)\d{0,4}|x-oauth-basic|x-access-token|\d{1,8}|[a-z]{1,7})$/i

/** Hosts that nobody else reaches, or that are there for examples alone (RFC 2606). */
const NOWHERE = /^(?:localhost|127\.|0\.0\.0\.0|\[::1|host\.docker\.internal|(?:.*\.)?example(?:\.[a-z]+)?(?:[:/]|$))/

function isPasswordOfAddress([address, user = '', password = '', host = '']: RegExpExecArray): boolean {
  if (password === user || COMMON.test(password) || /[${}<>*]|%[A-Z_]{2,}%|%s/.test(password)) return false
  if (isPlaceholder(password) || /^(?:localhost|127\.|0\.0\.0\.0|\[::1)/.test(host)) return false
  if (DATABASE.test(address)) return true
  return password.length >= 8 && /\d/.test(password) && /[A-Za-z]/.test(password) && !NOWHERE.test(host)
}
