import type { Client } from '../api/client.ts'
import { saysGone } from '../api/errors.ts'
import { retrieveFile } from '../api/files.ts'
import { listResources } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { inParallel } from '../apply/in-parallel.ts'
import type { Thing } from './thing.ts'

/** Which of these things are not there. What cannot be told counts as there. Does not throw. */
export async function findGone(
  client: Client,
  concurrency: number,
  things: readonly Thing[],
): Promise<readonly Thing[]> {
  const gone: Thing[] = []
  await inParallel(
    things,
    concurrency,
    async (thing) => {
      if (await isThingGone(client, thing)) gone.push(thing)
    },
    () => false,
  )
  return gone
}

async function isThingGone(client: Client, thing: Thing): Promise<boolean> {
  try {
    switch (thing.kind) {
      case 'upload':
        await retrieveFile(client, thing.fileId)
        return false
      case 'resource':
        return !(await listResources(client, thing.sessionId)).some(({ id }) => id === thing.resourceId)
      case 'session': {
        const { archived } = await retrieveSession(client, thing.sessionId)
        return archived && thing.end === 'archive'
      }
    }
  } catch (error) {
    return saysGone(error)
  }
}
