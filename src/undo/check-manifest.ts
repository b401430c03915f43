import { listFiles, MAX_LISTED_IDS, retrieveFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { listResources } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { isUploadName, isUploadNameOf } from '../desired/files/upload-name.ts'
import type { Manifest } from '../inputs/manifest.ts'
import type { SessionCleanup } from '../ledger/cleanup-settings.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { filesAmong, type SessionFile, withNames } from '../observed/mounted-files.ts'
import { type LookContext, orGone } from './gone.ts'
import { type MountedThing, type Removals, type SessionToUndo, sessionThing, type Thing } from './thing.ts'
import type { Leftover } from './undo-result.ts'

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
  const uploads = await checkUploads(manifest, context)
  const session = await checkSession(manifest, sessionCleanup, context)
  return {
    removals: { uploads: uploads.removals.uploads, sessions: session.removals.sessions },
    refused: [...session.refused, ...uploads.refused],
  }
}

async function checkUploads({ uploads }: Manifest, context: LookContext): Promise<CheckedManifest> {
  const names = await fileNames(
    uploads.map(({ fileId }) => fileId),
    context,
  )
  const isGone = (fileId: string) => !names.has(fileId)
  const isOwn = ({ fileId, name }: Manifest['uploads'][number]) => names.get(fileId) === name && isUploadName(name)
  const things = uploads.map((upload) => ({ upload, thing: { kind: 'upload', ...upload } as const }))
  return {
    removals: {
      uploads: things.filter(({ upload }) => isGone(upload.fileId) || isOwn(upload)).map(({ thing }) => thing),
      sessions: [],
    },
    refused: things
      .filter(({ upload }) => !isGone(upload.fileId) && !isOwn(upload))
      .map(({ thing }) => refusedLeftover(thing, "its name is not that of an upload of the manifest's run")),
  }
}

/** The names of files, by id; undefined where a server does not tell, nothing for what is gone. */
async function fileNames(
  ids: readonly string[],
  context: LookContext,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { client } = context
  const names = new Map<string, string | undefined>()
  for (let start = 0; start < ids.length; start += MAX_LISTED_IDS) {
    const some = listFiles(client, { ids: ids.slice(start, start + MAX_LISTED_IDS) })
    for await (const { id, filename } of itemsOf(some)) names.set(id, filename)
  }
  // A server may not know the filter.
  for (const id of ids.filter((each) => !names.has(each))) {
    const file = await orGone(() => retrieveFile(client, id), context)
    if (file !== 'gone') names.set(id, file.filename)
  }
  return names
}

async function checkSession(
  manifest: Manifest,
  sessionCleanup: SessionCleanup,
  context: LookContext,
): Promise<CheckedManifest> {
  const { sessionId, isSessionCreated } = manifest
  if (sessionId === undefined) return { removals: { uploads: [], sessions: [] }, refused: [] }
  const standing = await standingOf(manifest, sessionId, context)
  const all = manifest.resourceIds.map((resourceId): MountedThing => ({ kind: 'resource', sessionId, resourceId }))
  const foreign = standing === 'foreign' ? await foreignFiles(manifest, sessionId, context) : new Set<string>()
  const isEnded = isSessionCreated && standing !== 'foreign'
  const session: SessionToUndo = {
    sessionId,
    files: all.filter(({ resourceId }) => !foreign.has(resourceId)),
    outcome: { end: isEnded ? sessionCleanup : 'keep', why: `\`session-cleanup: ${sessionCleanup}\`` },
    isCreated: isEnded,
  }
  const wanted = isSessionCreated ? sessionThing({ ...session, outcome: { end: sessionCleanup, why: '' } }) : undefined
  return {
    removals: { uploads: [], sessions: [session] },
    refused: [
      ...all
        .filter(({ resourceId }) => foreign.has(resourceId))
        .map((thing) =>
          refusedLeftover(
            thing,
            "it is on a session that the manifest's run did not create, and not named like one of its uploads",
          ),
        ),
      ...(wanted === undefined || isEnded
        ? []
        : [refusedLeftover(wanted, `its metadata does not have the run key of the manifest (${RUN_KEY_METADATA})`)]),
    ],
  }
}

/** The session's owner according to its metadata. */
async function standingOf(
  { runKey }: Manifest,
  sessionId: string,
  context: LookContext,
): Promise<'of-the-run' | 'foreign' | 'gone'> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  if (session === 'gone') return 'gone'
  return session.metadata[RUN_KEY_METADATA] === runKey ? 'of-the-run' : 'foreign'
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

function refusedLeftover(thing: Thing, why: string): Leftover {
  return { thing, reason: `refused: ${why}`, isSure: true, isRemovable: false }
}
