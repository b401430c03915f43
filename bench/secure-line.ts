import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { TlsFront } from '../__tests__/harness/tls.ts'
import type { JournalEntry } from '../emulator/emulator.ts'
import type { Service } from './service.ts'

/**
 * A line to an emulator without latency, with TLS and a round trip: opening a connection takes one, the handshake another,
 * and each request another. It is in the process that only waits for contenders, and counts their connections.
 */
export class SecureLine implements Service {
  readonly #emulator: Service
  readonly #front: TlsFront
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #connections = 0

  private constructor(emulator: Service, front: TlsFront, roundTripMs: number) {
    this.#emulator = emulator
    this.#front = front
    this.#server = createServer({ noDelay: true }, (socket) => this.#lead(socket, roundTripMs))
  }

  static async open(emulator: Service, roundTripMs: number): Promise<SecureLine> {
    const line = new SecureLine(emulator, await TlsFront.start(emulator.url), roundTripMs)
    await once(line.#server.listen(0, '127.0.0.1'), 'listening')
    return line
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get caFile(): string {
    return this.#front.caFile
  }

  get connections(): number {
    return this.#connections
  }

  journal(): Promise<readonly JournalEntry[]> {
    return this.#emulator.journal()
  }

  reset(): Promise<void> {
    return this.#emulator.reset()
  }

  newSession(): Promise<string> {
    return this.#emulator.newSession()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await this.#front[Symbol.asyncDispose]()
  }

  #lead(client: Socket, roundTripMs: number): void {
    this.#connections++
    const server = connect({ port: Number(new URL(this.#front.url).port), host: '127.0.0.1', noDelay: true })
    // On loopback a connection is there at once; its first bytes wait for the round trip that it would have taken.
    const opened = performance.now() + roundTripMs
    delay(client, server, () => Math.max(0, opened - performance.now()) + roundTripMs / 2)
    delay(server, client, () => roundTripMs / 2)
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => {
        client.destroy()
        server.destroy()
      })
    }
  }
}

/** What was read first is written first: timers of Node for the same millisecond run in order. */
function delay(from: Socket, to: Socket, milliseconds: () => number): void {
  let last = 0
  const later = (act: () => void) => {
    last = Math.max(last, performance.now() + milliseconds())
    setTimeout(act, Math.max(0, last - performance.now()))
  }
  from.on('data', (chunk) => later(() => void (to.writable && to.write(chunk))))
  from.on('end', () => later(() => void to.end()))
}
