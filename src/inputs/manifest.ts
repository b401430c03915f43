import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { isId } from '../api/id.ts'
import { quote } from '../text/escape.ts'
import { lenient, listOf, parseJson, read, text } from '../text/json.ts'

const manifest = v.object({
  version: v.literal(2),
  run_key: text,
  session_id: lenient(text),
  session_created: lenient(v.boolean()),
  resources: v.fallback(listOf(v.object({ resource_id: text, change: lenient(text) })), []),
  uploads: v.fallback(listOf(v.object({ name: text, file_id: text })), []),
})

/** A manifest's contents. Anybody may have written it. */
export interface Manifest {
  readonly runKey: string
  readonly sessionId: string | undefined
  readonly isSessionCreated: boolean
  /** Mounted files that the run added or replaced. What was there unchanged is an earlier run's. */
  readonly resourceIds: readonly string[]
  readonly uploads: readonly { readonly fileId: string; readonly name: string }[]
}

/**
 * Reads the manifest of a mount step. Whether what it names is that run's is checked on the server.
 * @throws Error saying what is wrong with the file
 */
export async function readManifest(path: string): Promise<Manifest> {
  const json = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `manifest: ${quote(path)} cannot be read (${error.code ?? error.message}); in another job, hand it on as an artifact, or give ids`,
    )
  })
  const found = read(manifest, parseJson(json))
  if (found === undefined) throw new Error(`manifest: ${quote(path)} is not a manifest of this version of the action`)
  const { session_id: sessionId, resources, uploads } = found
  const resourceIds = resources.flatMap(({ resource_id, change }) => (change === 'unchanged' ? [] : resource_id))
  const ids = [sessionId ?? [], resourceIds, uploads.map(({ file_id }) => file_id)].flat()
  const odd = ids.find((id) => !isId(id))
  if (odd !== undefined) throw new Error(`manifest: ${quote(path)} contains an invalid id (${quote(odd)})`)
  return {
    runKey: found.run_key,
    sessionId,
    isSessionCreated: found.session_created === true,
    resourceIds: [...new Set(resourceIds)],
    uploads: [...new Map(uploads.map(({ file_id: fileId, name }) => [fileId, { fileId, name }])).values()],
  }
}
