import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface ProxyOptions {
  /** Who may use it; anybody if not given. Anyone else is answered 407. */
  readonly user?: string
  readonly password?: string
  /** Answers every CONNECT with this instead of connecting. */
  readonly status?: number
  /** Where it connects to, whatever host was asked for. */
  readonly target?: URL
}

/** One use of the proxy. */
export interface ProxyRequest {
  readonly method: string
  /** `host:port` of a tunnel, the whole URL otherwise. */
  readonly target: string
  readonly authorization: string | undefined
  readonly status: number
}

/** A proxy as companies have them: tunnels by CONNECT, plain http by absolute URLs. */
export class ConnectProxy {
  readonly #options: ProxyOptions
  readonly #requests: ProxyRequest[] = []
  readonly #sockets = new Set<Duplex>()
  readonly #server = createServer((request, response) => this.#forward(request, response))

  private constructor(options: ProxyOptions) {
    this.#options = options
    this.#server.on('connection', (socket) => this.#keep(socket))
    this.#server.on('connect', (request, socket, head) => this.#tunnel(request, socket, head))
  }

  static async start(options: ProxyOptions = {}): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(options)
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening')
    return proxy
  }

  /** As in `HTTPS_PROXY`, with user and password as they are encoded there. */
  get url(): string {
    const { user, password } = this.#options
    const login = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`
    return `http://${login}${this.host}`
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  requests(): readonly ProxyRequest[] {
    return [...this.#requests]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const status = this.#statusOf(request)
    if (status !== 200) {
      const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="proxy"\r\n' : ''
      socket.end(`HTTP/1.1 ${status} No\r\n${challenge}Content-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    const { hostname, port } = this.#options.target ?? new URL(`http://${request.url}`)
    const upstream = this.#keep(connect(Number(port), hostname))
    upstream.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      socket.pipe(upstream).pipe(socket)
    })
    for (const end of [socket, upstream])
      end.on('error', () => [socket, upstream].forEach((each) => void each.destroy()))
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const status = this.#statusOf(request)
    if (status !== 200) {
      response.writeHead(status, status === 407 ? { 'proxy-authenticate': 'Basic realm="proxy"' } : {}).end()
      return
    }
    const { 'proxy-authorization': _, ...headers } = request.headers
    const upstream = httpRequest(request.url ?? '', { method: request.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    upstream.on('error', () => response.destroy())
    request.pipe(upstream)
  }

  #statusOf({ method = '', url = '', headers }: IncomingMessage): number {
    const { user, password, status = 200 } = this.#options
    const authorization = headers['proxy-authorization']
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const allowed = user === undefined || authorization === expected
    const answer = allowed ? status : 407
    this.#requests.push({ method, target: url, authorization, status: answer })
    return answer
  }

  #keep<T extends Socket>(socket: T): T {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => {})
    return socket
  }
}
