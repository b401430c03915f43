import type { Client } from '../api/client.ts'
import { retrieveFile } from '../api/files.ts'
import { listResources } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { type LookContext, orGone } from './gone.ts'
import type { Thing } from './thing.ts'

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
