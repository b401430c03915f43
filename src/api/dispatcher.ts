import type { Dispatcher } from 'undici'
import Agent from 'undici/lib/dispatcher/agent.js'
import { type ProxySetting, proxyFor } from './proxy.ts'

const CONNECT_TIMEOUT_MS = 15_000

/** Certificates are checked whatever the environment says: no switch turns that off. */
const TLS = { rejectUnauthorized: true } as const

/** The environment names a proxy by something that is no address. */
export class ProxyError extends Error {
  constructor({ variable }: ProxySetting) {
    super(
      `${variable} is not the address of a proxy; write it as http://user:password@host:port (its value is not shown)`,
    )
    this.name = 'ProxyError'
  }
}

/**
 * What opens connections to an address: directly, or through the proxy that `HTTPS_PROXY` or `HTTP_PROXY` name, unless
 * `NO_PROXY` excepts the host; all in upper or lower case.
 * @throws ProxyError
 */
export async function openDispatcher(
  { protocol }: URL,
  connections: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Dispatcher> {
  const proxy = proxyFor(protocol, env)
  const options = { connections, connect: { timeout: CONNECT_TIMEOUT_MS, ...TLS } }
  if (proxy === undefined) return new Agent(options)
  if (proxy.url === undefined) throw new ProxyError(proxy)
  return openProxied(proxy.url.href, options)
}

/** Loaded only where a proxy is set. */
async function openProxied(url: string, options: Agent.Options): Promise<Dispatcher> {
  const [{ default: EnvHttpProxyAgent }, { default: AnyDispatcher }, { default: connect }] = await Promise.all([
    import('undici/lib/dispatcher/env-http-proxy-agent.js'),
    import('undici/lib/dispatcher/dispatcher.js'),
    import('undici/lib/api/api-connect.js'),
  ])
  // undici's index, which is not loaded, gives dispatchers this method; tunnels through a proxy are opened with it.
  Object.assign(AnyDispatcher.prototype, { connect })
  return new EnvHttpProxyAgent({ ...options, httpProxy: url, httpsProxy: url, requestTls: TLS, proxyTls: TLS })
}
