import { retrieveFile } from '../api/files.ts'
import { listResources } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { isUploadName, isUploadNameOf } from '../desired/files/upload-name.ts'
import type { Manifest } from '../inputs/manifest.ts'
import type { SessionCleanup } from '../ledger/cleanup-settings.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { filesAmong, filesWithIds, type SessionFile, withNames } from '../observed/mounted-files.ts'
import { type LookContext, orGone } from './gone.ts'
import type { MountedThing, Removals, SessionToUndo, Thing, UploadThing } from './thing.ts'
import { type Leftover, surely } from './undo-result.ts'

/** A manifest's entries: those that are its run's, and those that are not and stay. */
export interface CheckedManifest {
  readonly removals: Removals
  readonly refused: readonly Leftover[]
}

/**
 * Asks the server of all that a manifest names whether it is that run's, since a stranger may have written it: a
 * session bears the run's key, an upload the name that the run gave it. What is gone is no matter.
 * @throws ApiError, Interrupted
 */
export async function checkManifest(
  manifest: Manifest,
  sessionCleanup: SessionCleanup,
  context: LookContext,
): Promise<CheckedManifest> {
  const { sessionId } = manifest
  const uploads = await checkUploads(manifest, context)
  const sessions =
    sessionId === undefined
      ? { own: [], refused: [] }
      : await checkSession(manifest, sessionId, sessionCleanup, context)
  return {
    removals: { uploads: uploads.own, sessions: sessions.own },
    refused: [...sessions.refused, ...uploads.refused],
  }
}

interface Checked<T> {
  readonly own: readonly T[]
  readonly refused: readonly Leftover[]
}

async function checkUploads({ uploads }: Manifest, context: LookContext): Promise<Checked<UploadThing>> {
  const things = uploads.map((upload) => ({ kind: 'upload', ...upload }) as const)
  const names = await fileNames(
    things.map(({ fileId }) => fileId),
    context,
  )
  const isForeign = ({ fileId, name }: (typeof things)[number]) =>
    names.has(fileId) && !(names.get(fileId) === name && isUploadName(name))
  return {
    own: things.filter((thing) => !isForeign(thing)),
    refused: things
      .filter(isForeign)
      .map((thing) => refuse(thing, "its name is not that of an upload of the manifest's run")),
  }
}

/** The names of files, by id; undefined where a server does not tell, nothing for what is gone. */
async function fileNames(
  ids: readonly string[],
  context: LookContext,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { client } = context
  const names = new Map<string, string | undefined>()
  for await (const { id, filename } of filesWithIds(client, ids)) names.set(id, filename)
  for (const id of ids.filter((each) => !names.has(each))) {
    const file = await orGone(() => retrieveFile(client, id), context)
    if (file !== 'gone') names.set(id, file.filename)
  }
  return names
}

async function checkSession(
  manifest: Manifest,
  sessionId: string,
  sessionCleanup: SessionCleanup,
  context: LookContext,
): Promise<Checked<SessionToUndo>> {
  const isForeign = await isOfAnother(manifest, sessionId, context)
  const foreign = isForeign ? await foreignFiles(manifest, sessionId, context) : new Set<string>()
  const files = manifest.resourceIds.map((resourceId): MountedThing => ({ kind: 'resource', sessionId, resourceId }))
  const isEnded = manifest.isSessionCreated && !isForeign
  const session: SessionToUndo = {
    sessionId,
    files: files.filter(({ resourceId }) => !foreign.has(resourceId)),
    outcome: { end: isEnded ? sessionCleanup : 'keep', why: `\`session-cleanup: ${sessionCleanup}\`` },
    isCreated: isEnded,
  }
  const refused = files.filter(({ resourceId }) => foreign.has(resourceId)).map((file) => refuse(file, FOREIGN_FILE))
  if (manifest.isSessionCreated && isForeign && sessionCleanup !== 'keep') {
    refused.push(refuse({ kind: 'session', sessionId, end: sessionCleanup }, FOREIGN_SESSION))
  }
  return { own: [session], refused }
}

const FOREIGN_FILE = "it is on a session that the manifest's run did not create, and not named like one of its uploads"

const FOREIGN_SESSION = `its metadata does not have the run key of the manifest (${RUN_KEY_METADATA})`

/** As the session's metadata say. */
async function isOfAnother({ runKey }: Manifest, sessionId: string, context: LookContext): Promise<boolean> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  return session !== 'gone' && session.metadata[RUN_KEY_METADATA] !== runKey
}

/** Of the manifest's resources on a session that its run did not create, those that are not copies of its uploads. */
async function foreignFiles(
  manifest: Manifest,
  sessionId: string,
  { client }: LookContext,
): Promise<ReadonlySet<string>> {
  const names = new Set(manifest.uploads.map(({ name }) => name))
  const isOwn = ({ name, mountPath }: SessionFile) =>
    name !== undefined && names.has(name) && isUploadNameOf(name, mountPath)
  const resources = await listResources(client, sessionId)
  const own = new Set(
    (await withNames(client, sessionId, filesAmong(resources))).filter(isOwn).map(({ resourceId }) => resourceId),
  )
  const there = new Set(resources.map(({ id }) => id))
  return new Set(manifest.resourceIds.filter((id) => there.has(id) && !own.has(id)))
}

function refuse(thing: Thing, why: string): Leftover {
  return surely(thing, `refused: ${why}`, false)
}
