import { once } from 'node:events'
import { type EmulatorOptions, startEmulator } from '../emulator.ts'

/** What the emulator's process tells the one that has started it. */
export interface Ready {
  readonly url?: string
  /** Why there is no address. */
  readonly error?: string
}

/** The emulator as a process of its own: it is sent its options, tells its address, and runs until it is told to end. */
export async function serve(): Promise<void> {
  const [options] = await once(process, 'message')
  const tell = (ready: Ready): void => void process.send?.(ready)
  await startEmulator(options as EmulatorOptions).then(
    ({ url }) => tell({ url }),
    (error: unknown) => tell({ error: String(error) }),
  )
}
