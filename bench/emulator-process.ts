import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { DEFAULT_API_KEY, type JournalEntry, SEED_AGENT, SEED_ENVIRONMENT } from '../emulator/emulator.ts'
import type { Service } from './service.ts'

/** An emulator in a process of its own, so that it does not share a core's time with what is measured. */
export class EmulatorProcess implements Service {
  readonly url: string
  readonly #stop: () => Promise<void>

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url
    this.#stop = stop
  }

  /** Starts `emulator/main.ts` with these options, and waits until it listens. */
  static async start(options: readonly string[]): Promise<EmulatorProcess> {
    const main = path.resolve(import.meta.dirname, '../emulator/main.ts')
    const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const url = /http:\S+/.exec(line)?.[0]
    if (url === undefined) throw new Error(`the emulator did not start: ${line}`)
    return new EmulatorProcess(url, async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    })
  }

  async journal(): Promise<readonly JournalEntry[]> {
    const response = await fetch(`${this.url}/_emulator/journal`)
    return (await response.json()) as readonly JournalEntry[]
  }

  async reset(): Promise<void> {
    await fetch(`${this.url}/_emulator/reset`, { method: 'POST' })
  }

  async newSession(): Promise<string> {
    const response = await fetch(`${this.url}/v1/sessions`, {
      method: 'POST',
      headers: {
        'x-api-key': DEFAULT_API_KEY,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'managed-agents-2026-04-01',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ agent: SEED_AGENT, environment_id: SEED_ENVIRONMENT }),
    })
    return ((await response.json()) as { readonly id: string }).id
  }

  close(): Promise<void> {
    return this.#stop()
  }
}
