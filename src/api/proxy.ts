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

/** The proxy for addresses with this protocol. One for the other protocol is none for this one. */
export function proxyFor(protocol: string, env: Environment): ProxySetting | undefined {
  const names = protocol === 'https:' ? VARIABLES['https:'] : VARIABLES['http:']
  const variable = names.find((name) => env[name] !== undefined && env[name] !== '')
  return variable === undefined ? undefined : readProxy(variable, env)
}

/** Every proxy that the environment names, used or not. */
export function proxies(env: Environment): readonly ProxySetting[] {
  return Object.values(VARIABLES)
    .flat()
    .filter((name) => env[name])
    .map((name) => readProxy(name, env))
}

/** `user:password@host:port` without a scheme is taken for http, as by the runner's own toolkit. */
function readProxy(variable: string, env: Environment): ProxySetting {
  const text = env[variable] ?? ''
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  return { variable, text, url: url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined }
}
