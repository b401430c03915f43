import { once } from 'node:events'
import { type EmulatorOptions, startEmulator } from '../emulator.ts'
import type { Variables } from '../platforms/platform.ts'

/** Where the emulator's process is reached. */
export interface Reached {
  readonly url: string
  readonly variables: Variables
  readonly credentialsFile?: object | undefined
}

/** What the emulator's process tells the one that has started it: where it is, or why it is nowhere. */
export type Ready = Reached | { readonly error: string }

/** The emulator as a process of its own: it is sent its options, tells its address, and runs until it is told to end. */
export async function serve(): Promise<void> {
  const [options] = await once(process, 'message')
  const tell = (ready: Ready): void => void process.send?.(ready)
  await startEmulator(options as EmulatorOptions).then(
    ({ url, variables, credentialsFile }) => tell({ url, variables, credentialsFile }),
    (error: unknown) => tell({ error: String(error) }),
  )
}
