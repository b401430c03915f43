import { type Emulator, startEmulator } from '../../emulator/emulator.ts'

export const AGENTS_BETA = 'managed-agents-2026-04-01'
export const BASE = { agent: 'agent_emulator', environment_id: 'env_emulator' }
export const MIB = 1024 * 1024
export const HEADERS = {
  'x-api-key': 'sk-ant-emulator',
  'anthropic-version': '2023-06-01',
  'anthropic-beta': AGENTS_BETA,
}

interface Outcome {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape are asserted on
  readonly body: any
}

/** A plain client of an emulator with small limits and a clock of its own. */
export class Caller {
  readonly emulator: Emulator
  readonly clock: { now: number }

  private constructor(emulator: Emulator, clock: { now: number }) {
    this.emulator = emulator
    this.clock = clock
  }

  static async start(): Promise<Caller> {
    const clock = { now: Date.parse('2026-11-21T09:00:00Z') }
    const limits = { maxResources: 10, maxFileBytes: MIB }
    return new Caller(await startEmulator({ now: () => clock.now, ...limits }), clock)
  }

  async call(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = HEADERS,
  ): Promise<Outcome> {
    const body = json === undefined ? null : JSON.stringify(json)
    return this.#send(path, { method, headers, body })
  }

  async upload(filename: string, content = 'x', fields: Record<string, string> = {}): Promise<Outcome> {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('file', new File([content], filename))
    return this.#send('/v1/files', { method: 'POST', headers: HEADERS, body })
  }

  async newFile(): Promise<string> {
    return (await this.upload('a.txt')).body.id
  }

  async newSession(more: object = {}): Promise<string> {
    return (await this.call('POST', '/v1/sessions', { ...BASE, ...more })).body.id
  }

  async #send(path: string, init: RequestInit): Promise<Outcome> {
    const response = await fetch(this.emulator.url + path, init)
    return { status: response.status, body: await response.json() }
  }
}
