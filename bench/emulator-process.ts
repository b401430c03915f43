import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** An emulator in a process of its own, so that it does not share a core's time with what is measured. */
export interface EmulatorProcess {
  readonly url: string
  close(): Promise<void>
}

/** Starts `emulator/main.ts` with these options, and waits until it listens. */
export async function startEmulatorProcess(options: readonly string[]): Promise<EmulatorProcess> {
  const main = path.resolve(import.meta.dirname, '../emulator/main.ts')
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const url = /http:\S+/.exec(line)?.[0]
  if (url === undefined) throw new Error(`the emulator did not start: ${line}`)
  const close = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { url, close }
}
