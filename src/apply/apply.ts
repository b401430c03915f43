import type { Client } from '../api/client.ts'
import { ApiError, StatusError } from '../api/errors.ts'
import { uploadFile } from '../api/files.ts'
import { addFile, deleteResource, listResources, rotateToken, type SessionResource } from '../api/resources.ts'
import { contentOf } from '../desired/files/content.ts'
import type { DesiredFile } from '../desired/files/files.ts'
import { uploadName } from '../desired/files/upload-name.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { OnPartial, SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { ResourceEntry, UploadEntry } from '../ledger/ledger.ts'
import type { LedgerWriter } from '../ledger/writer.ts'
import { findOwnFileAt } from '../observed/find-session.ts'
import { filesAmong, type SessionFile } from '../observed/mounted-files.ts'
import { containerPath, UPLOADS_ROOT } from '../paths/mount-path.ts'
import { findRepository } from '../plan/create-only.ts'
import type { Plan, Step } from '../plan/plan.ts'
import type { Stop } from '../stop/stop.ts'
import { quoted } from '../text/escape.ts'
import { firstFew } from '../text/format.ts'
import type { Applied, Change, MountedFile, MountedRepository, Upload } from './applied.ts'
import { type Creation, createOnce } from './create-session.ts'
import { EffectError, performEffect } from './effect.ts'
import { inParallel } from './in-parallel.ts'
import { isFatal, PartialFailure } from './partial-failure.ts'

/** Is told of each file that is done. */
export interface ApplyProgress {
  uploaded(bytes: number): void
  mounted(): void
}

/** What applying needs beside the plan. */
export interface ApplyContext {
  readonly client: Client
  readonly ledger: LedgerWriter
  readonly runKey: string
  /** When the run began. */
  readonly startedAt: Date
  readonly expiresInSeconds: number
  readonly concurrency: number
  readonly onPartial: OnPartial
  readonly sessionCleanup: SessionCleanup
  readonly progress: ApplyProgress
  readonly stop: Stop
  readonly log: (line: string) => void
  /** Secret: what the session clones the repository with. */
  readonly repositoryToken: string | undefined
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

/**
 * Carries out plans of one run, the second after a lost race only; what was uploaded by then is not uploaded again. Each
 * effect has a line in the ledger before the call and one when the reply is there.
 */
export class Applier {
  readonly #context: ApplyContext
  readonly #uploads = new Map<DesiredFile, Upload>()
  readonly #mounted: MountedFile[] = []
  readonly #removed: SessionFile[] = []
  readonly #failures: unknown[] = []
  #createdSession: string | undefined
  #repository: MountedRepository | undefined
  #winner: Applied['winner']

  constructor(context: ApplyContext) {
    this.#context = context
  }

  /** Does not throw: what happened up to a failure is part of the result. */
  async apply(plan: Plan): Promise<Applied> {
    this.#winner = undefined
    try {
      await this.#carryOut(plan)
      if (this.#winner === undefined && this.#failures.length === 0) this.#context.ledger.complete()
    } catch (error) {
      this.#failures.unshift(error)
    }
    return {
      sessionId: plan.sessionId ?? this.#createdSession,
      sessionCreated: this.#createdSession !== undefined,
      mounted: [...this.#mounted].sort((a, b) => (a.file.mountPath < b.file.mountPath ? -1 : 1)),
      removed: this.#removed,
      uploads: [...this.#uploads.values()],
      repository: this.#repository,
      failure: this.#failure(),
      winner: this.#winner,
    }
  }

  async #carryOut({ steps, unchanged }: Plan): Promise<void> {
    const of = <K extends Step['kind']>(kind: K) => steps.filter((step): step is StepOf<K> => step.kind === kind)
    for (const { file, there } of unchanged) {
      this.#mounted.push(mountedFile(file, 'unchanged', there.echoedPath, there.resourceId, there.fileId))
    }
    await this.#each(of('upload'), ({ file }) => this.#upload(file))
    for (const step of of('create-session').filter((step) => this.#isWorthwhile(step))) await this.#create(step)
    for (const step of of('rotate-token')) await this.#rotate(step)
    await this.#each(of('remove-file'), ({ sessionId, there }) => this.#remove(sessionId, there))
    const isUploaded = (step: { readonly file: DesiredFile }) => this.#uploads.has(step.file)
    await this.#each(of('replace-file').filter(isUploaded), ({ sessionId, file, there }) =>
      this.#replace(sessionId, file, there),
    )
    await this.#each(of('add-file').filter(isUploaded), ({ sessionId, file }) => this.#add(sessionId, file, 'added'))
  }

  /** A part that is to be kept may turn out to be nothing: no session is made for that. */
  #isWorthwhile({ files, repository, memoryStores }: StepOf<'create-session'>): boolean {
    const hasLostAll = files.length > 0 && !files.some((file) => this.#uploads.has(file))
    return !hasLostAll || repository !== undefined || memoryStores.length > 0
  }

  /** Where a part is to be kept, one file that fails does not stop the others. */
  async #each<S extends Step>(steps: readonly S[], work: (step: S) => Promise<void>): Promise<void> {
    const { concurrency, onPartial } = this.#context
    const stops = onPartial === 'keep' ? isFatal : () => true
    const failures = await inParallel(steps, concurrency, work, stops)
    if (failures.some(stops)) throw failures[0]
    this.#failures.push(...failures)
  }

  #failure(): unknown {
    return this.#failures.length < 2 ? this.#failures[0] : new PartialFailure(this.#failures)
  }

  async #upload(file: DesiredFile): Promise<void> {
    if (this.#uploads.has(file)) return
    const { client, ledger, expiresInSeconds, progress } = this.#context
    const intent: UploadEntry = { kind: 'upload', name: uploadName(file), mountPath: file.mountPath }
    const lost = () => ledger.note(intent)
    const upload = await performEffect(this.#context, {
      intent,
      failed: `${quoted(file.path)} could not be uploaded`,
      call: () => uploadFile(client, contentOf(file), expiresInSeconds, lost),
      outcome: ({ id }) => ({ ...intent, fileId: id }),
    })
    checkSize(file, upload.size_bytes)
    this.#uploads.set(file, { name: intent.name, fileId: upload.id })
    progress.uploaded(file.size)
  }

  async #create(step: StepOf<'create-session'>): Promise<void> {
    const files = step.files.filter((file) => this.#uploads.has(file))
    const creation: Creation = { ...step, files, uploadOf: (file) => this.#uploadOf(file) }
    const { session, winner } = await createOnce(creation, this.#context)
    this.#winner = winner
    if (winner !== undefined) return
    this.#createdSession = session.id
    const isShown = session.resources.length > 0 || files.length === 0
    const resources = isShown ? session.resources : await listResources(this.#context.client, session.id)
    if (step.repository !== undefined) this.#repository = findMounted(session.id, step.repository, resources)
    this.#match(session.id, files, resources)
  }

  /** Not in the ledger: a token that was replaced is not known any more, and the new one does no harm. */
  async #rotate({ sessionId, resource, repository }: StepOf<'rotate-token'>): Promise<void> {
    const { client, repositoryToken } = this.#context
    if (repositoryToken !== undefined) {
      await rotateToken(client, sessionId, resource.id, repositoryToken).catch((error: unknown) => {
        const failed = `the token of ${repository.url} on session ${sessionId} could not be renewed`
        throw error instanceof ApiError ? new EffectError(failed, error) : error
      })
    }
    this.#repository = { resourceId: resource.id, mountPath: resource.mountPath, repository }
  }

  /** The gap in which the path holds nothing is one round trip: the new content is uploaded already. */
  async #replace(sessionId: string, file: DesiredFile, there: SessionFile): Promise<void> {
    await this.#takeOff(sessionId, there)
    await this.#add(sessionId, file, 'replaced').catch((error: unknown) => {
      const gone = `what was mounted at ${quoted(file.mountPath)} was taken off before, so that nothing is there now`
      throw error instanceof EffectError ? new EffectError(`${error.failed}, and ${gone}`, error.cause) : error
    })
  }

  async #remove(sessionId: string, there: SessionFile): Promise<void> {
    await this.#takeOff(sessionId, there)
    this.#removed.push(there)
  }

  async #takeOff(sessionId: string, { mountPath, resourceId }: SessionFile): Promise<void> {
    const { client } = this.#context
    const intent = { kind: 'removal', sessionId, mountPath, resourceId } as const
    await performEffect(this.#context, {
      intent,
      failed: `${resourceId}, mounted at ${quoted(mountPath)} of session ${sessionId}, could not be taken off`,
      call: () => deleteResource(client, sessionId, resourceId),
      outcome: () => intent,
    })
  }

  async #add(sessionId: string, file: DesiredFile, change: Change): Promise<void> {
    const { client, progress } = this.#context
    const { mountPath } = file
    const params = { type: 'file', file_id: this.#uploadOf(file), mount_path: mountPath } as const
    const intent: ResourceEntry = { kind: 'resource', sessionId, mountPath, name: uploadName(file) }
    const resource = await performEffect(this.#context, {
      intent,
      failed: `${quoted(file.path)} could not be mounted at ${quoted(mountPath)} of session ${sessionId}`,
      call: () => addFile(client, sessionId, params),
      outcome: ({ id }) => ({ ...intent, resourceId: id }),
      find: () => findOwnFileAt(client, sessionId, mountPath, intent.name),
    }).catch((error: unknown) => this.#explainConflict(error, intent, file))
    this.#mounted.push(mountedFile(file, change, resource.mount_path, resource.id, resource.file_id))
    progress.mounted()
  }

  /** Servers refuse a taken path with 400 or 409, each in its own words; who is there tells what happened. */
  async #explainConflict(error: unknown, intent: ResourceEntry, { path }: DesiredFile): Promise<never> {
    const { sessionId, mountPath } = intent
    const status = error instanceof EffectError && error.cause instanceof StatusError ? error.cause.details.status : 0
    if (status !== 400 && status !== 409) throw error
    const resources = await listResources(this.#context.client, sessionId).catch(() => undefined)
    const other = filesAmong(resources ?? []).find((file) => file.mountPath === mountPath)
    if (resources === undefined || other !== undefined) this.#context.ledger.note({ ...intent, ownershipUnknown: true })
    if (other === undefined) throw error
    throw new Error(
      `session ${sessionId}: ${quoted(path)} cannot be mounted at ${quoted(mountPath)}: another job has just mounted a file there (${other.resourceId}); give each job a \`mount-path\` of its own`,
      { cause: error },
    )
  }

  /** A create's reply is matched by mount path, never by position; all that was asked for must be there. */
  #match(sessionId: string, files: readonly DesiredFile[], resources: readonly SessionResource[]): void {
    const byPath = new Map(filesAmong(resources).map((there) => [there.mountPath, there]))
    const missing: string[] = []
    for (const file of files) {
      const there = byPath.get(file.mountPath)
      if (there === undefined) {
        missing.push(quoted(file.mountPath))
        continue
      }
      const { mountPath, resourceId } = there
      this.#context.ledger.note({ kind: 'resource', sessionId, mountPath, name: uploadName(file), resourceId })
      this.#mounted.push(mountedFile(file, 'added', there.echoedPath, resourceId, there.fileId))
      this.#context.progress.mounted()
    }
    if (missing.length === 0) return
    throw new Error(
      `session ${sessionId} was created, but ${missing.length} of ${files.length} files are not on it: ${firstFew(missing)}`,
    )
  }

  #uploadOf(file: DesiredFile): string {
    const upload = this.#uploads.get(file)
    if (upload === undefined) throw new Error(`${quoted(file.path)} has not been uploaded`)
    return upload.fileId
  }
}

function mountedFile(
  file: DesiredFile,
  change: Change,
  echoed: string | undefined,
  resourceId: string,
  fileId: string | undefined,
): MountedFile {
  const path = echoed?.startsWith(`${UPLOADS_ROOT}/`) ? echoed : containerPath(file.mountPath)
  return { file, change, containerPath: path, resourceId, fileId }
}

function findMounted(
  sessionId: string,
  repository: DesiredRepository,
  resources: readonly SessionResource[],
): MountedRepository {
  const found = findRepository(repository, resources)
  if (found === undefined) {
    throw new Error(`session ${sessionId} was created, but ${repository.url} is not on it as it was asked for`)
  }
  return { resourceId: found.id, mountPath: found.mountPath, repository }
}

function checkSize(file: DesiredFile, stored: number | undefined): void {
  if (stored !== undefined && stored !== file.size) {
    throw new Error(`${quoted(file.path)} has ${file.size} bytes, but the service stored ${stored}; run it again`)
  }
}
