import { readFile } from 'node:fs/promises'
import { isId } from '../api/id.ts'
import { quote } from '../text/escape.ts'
import { asList, asObject, asText, parseJson } from '../text/json.ts'

/** What a manifest says that a run made. Anybody may have written it. */
export interface Manifest {
  readonly runKey: string
  readonly sessionId: string | undefined
  /** Whether the run created that session. */
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
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `manifest: ${quote(path)} cannot be read (${error.code ?? error.message}); in another job, hand it on as an artifact, or give ids`,
    )
  })
  const json = asObject(parseJson(text))
  const runKey = asText(json?.run_key)
  if (json?.version !== 2 || runKey === undefined) {
    throw new Error(`manifest: ${quote(path)} is not a manifest of this version of the action`)
  }
  const resourceIds = asList(json.resources, (item) => {
    const { resource_id, change } = asObject(item) ?? {}
    return change === 'unchanged' ? undefined : asText(resource_id)
  })
  const uploads = asList(json.uploads, (item) => {
    const [name, fileId] = [asText(asObject(item)?.name), asText(asObject(item)?.file_id)]
    return name === undefined || fileId === undefined ? undefined : { name, fileId }
  })
  const sessionId = asText(json.session_id)
  const ids = [sessionId ?? [], resourceIds ?? [], uploads?.map(({ fileId }) => fileId) ?? []].flat()
  const odd = ids.find((id) => !isId(id))
  if (odd !== undefined) throw new Error(`manifest: ${quote(path)} contains an invalid id (${quote(odd)})`)
  return {
    runKey,
    sessionId,
    isSessionCreated: json.session_created === true,
    resourceIds: [...new Set(resourceIds)],
    uploads: [...new Map(uploads?.map((upload) => [upload.fileId, upload])).values()],
  }
}
