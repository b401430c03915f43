import type { Client } from '../api/client.ts'
import { saysGone } from '../api/errors.ts'
import { retrieveFile } from '../api/files.ts'
import { listResources } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { pause } from '../stop/pause.ts'
import type { Stop } from '../stop/stop.ts'
import type { Thing } from './thing.ts'

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

/** Which of these things are not there. What cannot be told counts as there. Does not throw. */
export async function findGone(
  things: readonly Thing[],
  context: LookContext & { readonly concurrency: number },
): Promise<readonly Thing[]> {
  const gone: Thing[] = []
  await inParallel(things, context.concurrency, async (thing) => {
    if (await isThingGone(thing, context)) gone.push(thing)
  })
  return gone
}

async function isThingGone(thing: Thing, context: LookContext): Promise<boolean> {
  try {
    return (await orGone(() => isThere(context.client, thing), context)) !== true
  } catch {
    return false
  }
}

async function isThere(client: Client, thing: Thing): Promise<boolean> {
  switch (thing.kind) {
    case 'upload':
      await retrieveFile(client, thing.fileId)
      return true
    case 'resource':
      return (await listResources(client, thing.sessionId)).some(({ id }) => id === thing.resourceId)
    case 'session': {
      const { archived } = await retrieveSession(client, thing.sessionId)
      return !archived || thing.end !== 'archive'
    }
  }
}
