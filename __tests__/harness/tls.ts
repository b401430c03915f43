import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TLSSocket } from 'node:tls'

/** A name that no DNS knows; the certificate is for it too. */
export const NAME_BEHIND_PROXY = 'anthropic.internal.invalid'

/** When a certificate is valid, as `openssl ca` takes it: `20300101000000Z`. */
export interface Validity {
  readonly from: string
  readonly to: string
}

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
    makeCertificates(folder, validity)
    const read = (name: string) => readFileSync(path.join(folder, name))
    const server = createSecureServer(
      { key: read('server.key'), cert: read('server.crt'), allowHTTP1: true },
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

const CA_CONFIG = `[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = names
[any]
CN = supplied
[names]
`

function makeCertificates(folder: string, validity: Validity | undefined): void {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=Private CA')
  openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=gateway')
  const names = `subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:${NAME_BEHIND_PROXY},DNS:api.anthropic.com\n`
  if (validity !== undefined) {
    writeFileSync(path.join(folder, 'ca.cnf'), `${CA_CONFIG}${names}`)
    writeFileSync(path.join(folder, 'index'), '')
    const signed = ['-in', 'server.csr', '-cert', 'ca.crt', '-keyfile', 'ca.key', '-out', 'server.crt', '-notext']
    openssl('ca', '-batch', '-config', 'ca.cnf', ...signed, '-startdate', validity.from, '-enddate', validity.to)
    return
  }
  writeFileSync(path.join(folder, 'names'), names)
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.crt')
}
