import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TLSSocket } from 'node:tls'
import { certificateOfAuthority, certificateOfServer, type Validity } from './certificate.ts'

/** A name that no DNS knows; the certificate is for it too. */
export const NAME_BEHIND_PROXY = 'anthropic.internal.invalid'

const NAMES = { dns: ['localhost', NAME_BEHIND_PROXY, 'api.anthropic.com'], ip: ['127.0.0.1'] } as const

const DAY_MS = 86_400_000

const aroundNow = (): Validity => ({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) })

/**
 * An https server in front of an http one, as a company's gateway: with a certificate of a CA that nobody knows. It offers
 * HTTP/2, and takes HTTP/1.1.
 */
export class TlsFront {
  readonly #folder: string
  readonly #server: Http2SecureServer
  readonly #sockets = new Set<TLSSocket>()

  private constructor(folder: string, server: Http2SecureServer) {
    this.#folder = folder
    this.#server = server
    server.on('secureConnection', (socket: TLSSocket) => this.#sockets.add(socket))
  }

  static async start(upstream: string, validity?: Validity): Promise<TlsFront> {
    const folder = mkdtempSync(path.join(tmpdir(), 'session-mount-tls-'))
    const authority = certificateOfAuthority('Private CA', aroundNow())
    writeFileSync(path.join(folder, 'ca.crt'), authority.pem)
    const { key, pem: cert } = certificateOfServer(NAMES, validity ?? aroundNow(), authority)
    const server = createSecureServer(
      { key: key.export({ type: 'pkcs8', format: 'pem' }), cert, allowHTTP1: true },
      (request, response) => {
        const { method = 'GET', url = '/' } = request
        const headers = ofMessage(request.headers)
        const forwarded = httpRequest(`${upstream}${url}`, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, ofMessage(answer.headers))
          answer.pipe(response)
        })
        forwarded.on('error', () => response.destroy())
        request.pipe(forwarded)
      },
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new TlsFront(folder, server)
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What was agreed on with every connection so far. */
  get protocols(): readonly (string | false | null)[] {
    return [...this.#sockets].map(({ alpnProtocol }) => alpnProtocol)
  }

  /** For `NODE_EXTRA_CA_CERTS`. */
  get caFile(): string {
    return path.join(this.#folder, 'ca.crt')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Without those of one connection, which HTTP/2 forbids (RFC 9113, 8.2.2), and those that only HTTP/2 has. */
function ofMessage(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(':') && !OF_CONNECTION.has(name))
  return Object.fromEntries(entries)
}

const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding'])
