import { isExcepted } from './no-proxy.ts'

/** A proxy that the environment names. */
export interface ProxySetting {
  /** The variable that names it. */
  readonly variable: string
  /** As given; may hold a password. */
  readonly text: string
  /** Undefined if the text is no address. */
  readonly url: URL | undefined
}

/** Lower case goes first, as in curl and undici. */
const VARIABLES = {
  'https:': ['https_proxy', 'HTTPS_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY'],
} as const

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for an address; undefined where there is none, or where `NO_PROXY` excepts the host. A proxy for the other
 * protocol is none for this one.
 */
export function proxyFor(address: URL, env: Environment): ProxySetting | undefined {
  const names = address.protocol === 'https:' ? VARIABLES['https:'] : VARIABLES['http:']
  const variable = firstSet(names, env)
  if (variable === undefined) return undefined
  const exceptions = firstSet(['no_proxy', 'NO_PROXY'], env)
  if (exceptions !== undefined && isExcepted(address, env[exceptions] ?? '')) return undefined
  return readProxy(variable, env)
}

function firstSet(names: readonly string[], env: Environment): string | undefined {
  const found = names.find((name) => env[name] !== undefined && env[name] !== '')
  return found === undefined ? undefined : asSpelt(found, env)
}

/** On Windows a variable answers to its name in any case; this is the one that the user wrote. */
function asSpelt(name: string, env: Environment): string {
  const names = Object.keys(env)
  if (names.includes(name)) return name
  return names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name
}

/**
 * Passwords of all proxies that the environment names, used or not, as given, decoded, and as they are sent. What is no address
 * is secret as a whole.
 */
export function proxySecrets(env: Environment): readonly string[] {
  const named = Object.values(VARIABLES)
    .flat()
    .filter((name) => env[name])
  return named.flatMap((name) => {
    const { text, url } = readProxy(name, env)
    if (url === undefined) return [text]
    if (url.password === '') return []
    const password = percentDecoded(url.password)
    return [url.password, password, Buffer.from(`${percentDecoded(url.username)}:${password}`).toString('base64')]
  })
}

/** `user:password@host:port` without a scheme is taken for http, as by the runner's own toolkit. */
function readProxy(variable: string, env: Environment): ProxySetting {
  const text = env[variable] ?? ''
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(address) ? withDecodableLogin(new URL(address)) : undefined
  return { variable, text, url: url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined }
}

/** What cannot be decoded, for a stray `%`, is taken as it stands, as by curl; undici would throw. */
function withDecodableLogin(url: URL): URL {
  for (const part of ['username', 'password'] as const) {
    if (percentDecoded(url[part]) === url[part]) url[part] = url[part].replaceAll('%', '%25')
  }
  return url
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
