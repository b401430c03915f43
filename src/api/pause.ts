import { setTimeout as sleep } from 'node:timers/promises'
import { Interrupted } from './errors.ts'

/** Waits so many milliseconds. @throws Interrupted when the signal fires */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new Interrupted()
  })
}
