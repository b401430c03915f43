import { setTimeout as sleep } from 'node:timers/promises'

/** Waits so many milliseconds. @throws the reason of the signal when that fires */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw signal.reason
  })
}
