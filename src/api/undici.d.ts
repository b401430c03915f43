/**
 * The parts of undici that are used, by their own paths: the package's index loads WebSocket, fetch, caches and
 * more, which doubles the time that the action takes to start.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici'
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
  export { Dispatcher as default } from 'undici'
}

declare module 'undici/lib/dispatcher/pool.js' {
  import { type buildConnector, Pool } from 'undici'

  /** The client of a proxy. */
  export default class extends Pool {
    constructor(origin: URL, options: { readonly connect: buildConnector.connector })
  }
}

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  import { type buildConnector, type Dispatcher, ProxyAgent } from 'undici'

  /** With an option that the package's types leave out, and the true type of what it hands out. */
  export default class extends ProxyAgent {
    constructor(
      options: Omit<ProxyAgent.Options, 'clientFactory'> & {
        connectTimeout: number
        clientFactory: (origin: URL, options: { readonly connect: buildConnector.connector }) => Dispatcher
      },
    )
  }
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici'

  /** What `Dispatcher.prototype.request` is made of; `this` is the dispatcher. */
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>
}

declare module 'undici/lib/api/api-connect.js' {
  import type { Dispatcher } from 'undici'

  /** What `Dispatcher.prototype.connect` is made of; `this` is the dispatcher. */
  export default function connect(this: Dispatcher, options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>
}
