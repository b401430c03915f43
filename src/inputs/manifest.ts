import { readFile } from 'node:fs/promises'
import type { Effect, SessionEntry } from '../ledger/ledger.ts'
import { quoted } from '../text/escape.ts'
import { asList, asObject, asText, parseJson } from '../text/json.ts'

/** What a manifest says that a run has made. */
export interface ManifestContent {
  readonly runKey: string
  readonly effects: readonly Effect[]
}

/**
 * Reads what is to be taken away from the manifest of a mount step: what it added or replaced, its uploads, and the
 * session if it created that. What was there unchanged is an earlier run's. Ids are checked where they are used.
 * @throws Error saying what is wrong with the file
 */
export async function readManifest(path: string): Promise<ManifestContent> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `manifest: ${quoted(path)} cannot be read (${error.code ?? error.message}); in another job, hand it on as an artifact, or give ids`,
    )
  })
  const json = asObject(parseJson(text))
  const runKey = asText(json?.run_key)
  const sessionId = asText(json?.session_id)
  if (json?.version !== 2 || runKey === undefined) {
    throw new Error(`manifest: ${quoted(path)} is not a manifest of this version of the action`)
  }
  const resources = asList(json.resources, (item): Effect | undefined => {
    const { mount_path, resource_id, change } = asObject(item) ?? {}
    const [mountPath, resourceId] = [asText(mount_path), asText(resource_id)]
    if (mountPath === undefined || resourceId === undefined || sessionId === undefined || change === 'unchanged') return
    return { kind: 'resource', sessionId, mountPath, name: '', resourceId }
  })
  const uploads = asList(json.uploads, (item): Effect | undefined => {
    const { name, file_id } = asObject(item) ?? {}
    const [text, fileId] = [asText(name), asText(file_id)]
    return text === undefined || fileId === undefined
      ? undefined
      : { kind: 'upload', name: text, mountPath: '', fileId }
  })
  const session = json.session_created === true && sessionId !== undefined ? [sessionEntry(sessionId)] : []
  return { runKey, effects: [...(uploads ?? []), ...session, ...(resources ?? [])] }
}

/** A session that is to be ended, whoever shares it. */
export function sessionEntry(sessionId: string): SessionEntry {
  return { kind: 'session', agentId: '', resources: 0, isNamed: false, sessionId }
}
