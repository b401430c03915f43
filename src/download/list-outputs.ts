import type { Client } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import { listFiles, type StoredFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { isAtRest } from '../api/session-status.ts'
import { retrieveSession } from '../api/sessions.ts'
import { sessionRefusal } from '../observed/observed.ts'
import { pause } from '../stop/pause.ts'
import { outputsOfSession, type SessionOutputs } from './outputs-of-session.ts'

export interface SettleResult extends SessionOutputs {
  /** The status of the session when the list was made. */
  readonly status: string
  /** False when the time was over before two lists in a row were the same. */
  readonly steady: boolean
}

export interface SettleOptions {
  readonly timeoutMs: number
  /** Ends the wait early once it is true. */
  readonly isComplete: (made: readonly StoredFile[]) => boolean
  readonly signal: AbortSignal
}

const BETWEEN_LISTS_MS = 2_000

/**
 * Lists what the agent made. The service indexes what it writes, and is a few seconds late (documented): the list is
 * made anew until the session rests, everything asked for is there and two lists in a row are the same, or the time is
 * over.
 * @throws Refusal if the session is not there, ApiError
 */
export async function settle(client: Client, sessionId: string, options: SettleOptions): Promise<SettleResult> {
  const deadline = performance.now() + options.timeoutMs
  let last: SessionOutputs | undefined
  for (;;) {
    const status = await statusOf(client, sessionId)
    const files = await Array.fromAsync(itemsOf(listFiles(client, { scope_id: sessionId })))
    const outputs = outputsOfSession(files, sessionId)
    const steady = last !== undefined && isSameList(last.made, outputs.made)
    const left = deadline - performance.now()
    if (left <= 0 || (steady && isAtRest(status) && options.isComplete(outputs.made))) {
      return { ...outputs, status, steady: steady || options.timeoutMs === 0 }
    }
    last = outputs
    await pause(Math.min(left, BETWEEN_LISTS_MS), options.signal)
  }
}

async function statusOf(client: Client, sessionId: string): Promise<string> {
  const session = await retrieveSession(client, sessionId).catch((error: unknown) => {
    throw error instanceof StatusError ? sessionRefusal(sessionId, error) : error
  })
  return session.status
}

function isSameList(before: readonly StoredFile[], now: readonly StoredFile[]): boolean {
  const key = (files: readonly StoredFile[]) =>
    JSON.stringify(files.map(({ id, size_bytes }) => [id, size_bytes ?? null].join()).sort())
  return key(before) === key(now)
}
