import type { Client } from '../api/client.ts'
import { saysGone } from '../api/errors.ts'
import { pause } from '../stop/pause.ts'
import type { Stop } from '../stop/stop.ts'

export interface LookContext {
  readonly client: Client
  readonly stop: Stop
}

/** Servers that share the work may know of something a moment later than the one that made it. */
const LOOK_AGAIN_MS = 300

/** A list may lag so far behind what was made. What it never shows would stay without anybody knowing of it. */
export const LIST_LAG_MS = 5_500

/**
 * Makes a call about something that was there. One "not found" is no proof that it is gone: the call is made once more,
 * and only the second one is believed.
 * @throws what the call throws otherwise
 */
export async function orGone<T>(call: () => Promise<T>, { stop }: Pick<LookContext, 'stop'>): Promise<T | 'gone'> {
  const first = await callOrGone(call)
  if (first !== 'gone') return first
  await pause(LOOK_AGAIN_MS, stop.startNothingNew)
  return callOrGone(call)
}

/** A read throws, and a delete says it. */
async function callOrGone<T>(call: () => Promise<T>): Promise<T | 'gone'> {
  try {
    return await call()
  } catch (error) {
    if (saysGone(error)) return 'gone'
    throw error
  }
}
