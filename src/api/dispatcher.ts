import { isIP } from 'node:net'
import type { buildConnector, Dispatcher } from 'undici'
import Agent from 'undici/lib/dispatcher/agent.js'
import { type ProxySetting, proxyFor } from './proxy.ts'

const CONNECT_TIMEOUT_MS = 15_000

/**
 * HTTP/1.1 only: over one connection for all requests, the connection that breaks takes them all with it, and no run is
 * faster for it (docs/benchmarks.md).
 */
const HTTP = { allowH2: false } as const

/** Certificates are checked whatever the environment says: no switch turns that off. */
const TLS = { rejectUnauthorized: true } as const

/** The environment names a proxy that cannot be used. Its value, which may hold a password, is not shown. */
class ProxyError extends Error {
  constructor({ variable, text }: ProxySetting) {
    super(
      /^socks\w*:/i.test(text)
        ? `${variable} names a SOCKS proxy, which is not supported. Name an http:// or https:// proxy, or list the host in NO_PROXY.`
        : `${variable} is not the address of a proxy. Write it as http://user:password@host:port (its value is not shown).`,
    )
    this.name = 'ProxyError'
  }
}

export interface Opened {
  readonly dispatcher: Dispatcher
  /** Whether an error was met while the proxy itself was being connected to. */
  readonly isAtProxy: (error: Error) => boolean
}

/**
 * Connects directly, or through the proxy that `HTTPS_PROXY` or `HTTP_PROXY` name, unless `NO_PROXY` excepts the host; all
 * in upper or lower case.
 * @throws ProxyError
 */
export async function openDispatcher(
  address: URL,
  connections: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Opened> {
  const proxy = proxyFor(address, env)
  if (proxy === undefined) {
    const dispatcher = new Agent({ ...HTTP, connections, connect: { timeout: CONNECT_TIMEOUT_MS, ...TLS } })
    return { dispatcher, isAtProxy: () => false }
  }
  if (proxy.url === undefined) throw new ProxyError(proxy)
  return openProxied(proxy.url.href, connections)
}

/** What undici's proxy agent gives its client for the proxy. */
interface ClientOptions {
  readonly connect: buildConnector.connector
}

/** Loaded only where a proxy is set. */
async function openProxied(uri: string, connections: number): Promise<Opened> {
  const [{ default: ProxyAgent }, { default: Pool }, { default: AnyDispatcher }, { default: connect }] =
    await Promise.all([
      import('undici/lib/dispatcher/proxy-agent.js'),
      import('undici/lib/dispatcher/pool.js'),
      import('undici/lib/dispatcher/dispatcher.js'),
      import('undici/lib/api/api-connect.js'),
    ])
  // undici's index, which is not loaded, gives dispatchers this method; tunnels through a proxy are opened with it.
  Object.assign(AnyDispatcher.prototype, { connect })
  const atProxy = new WeakSet<object>()
  const note = (error: Error | null) => void (error && atProxy.add(error))
  const dispatcher = new ProxyAgent({
    ...HTTP,
    uri,
    connections,
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTls: TLS,
    proxyTls: TLS,
    clientFactory: (origin, options) => new Pool(origin, notingErrors(options, note)),
  })
  // undici makes an error of its own of some, with the other one as its cause.
  const isAtProxy = (error: Error) => [error, error.cause].some((each) => each instanceof Object && atProxy.has(each))
  return { dispatcher, isAtProxy }
}

/** The same options of a client, with a connector that notes its errors. */
function notingErrors(options: ClientOptions, note: (error: Error | null) => void): ClientOptions {
  const { connect } = options
  return {
    ...options,
    // An address is no name for TLS (RFC 6066); Node warns of it.
    connect: ({ servername = '', ...target }, callback) =>
      connect(isIP(servername) === 0 ? { ...target, servername } : target, (...result) => {
        note(result[0])
        callback(...result)
      }),
  }
}
