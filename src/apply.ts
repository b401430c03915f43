import type { Client } from './api/client.ts'
import { ApiError } from './api/errors.ts'
import { uploadFile } from './api/files.ts'
import { addFile, listResources, rotateToken, type SessionResource } from './api/resources.ts'
import { createSession } from './api/sessions.ts'
import type { Applied, MountedFile, MountedRepository } from './applied.ts'
import { findRepository } from './create-only.ts'
import { contentOf } from './desired/content.ts'
import type { DesiredFile } from './desired/files.ts'
import type { DesiredRepository } from './desired/repository/resolve.ts'
import { uploadName } from './desired/upload-name.ts'
import { carryOut, EffectError } from './effect.ts'
import { quoted } from './inert.ts'
import type { LedgerWriter, ResourceEntry, SessionEntry, UploadEntry } from './ledger.ts'
import { findOwnFileAt, findSessionsOfRun } from './lookup.ts'
import { containerPath, mountPathOfReply, UPLOADS_ROOT } from './mount-path.ts'
import { inParallel } from './parallel.ts'
import type { Plan, Step } from './plan.ts'
import type { Progress } from './report/progress.ts'
import { sessionParams } from './session-params.ts'

/** What applying needs beside the plan. */
export interface ApplyContext {
  readonly client: Client
  readonly ledger: LedgerWriter
  readonly runKey: string
  /** When the run began. */
  readonly startedAt: Date
  readonly expiresInSeconds: number
  readonly concurrency: number
  readonly progress: Progress
  /** Secret: what the session clones the repository with. */
  readonly repositoryToken: string | undefined
}

/**
 * Carries out a plan. Each effect has a line in the ledger before the call and one when the reply is there. Does not
 * throw: what happened up to a failure is part of the result.
 */
export async function apply(plan: Plan, context: ApplyContext): Promise<Applied> {
  const run = new Application(context)
  let failure: unknown
  try {
    await run.uploadAll(plan.steps.filter((step) => step.kind === 'upload'))
    for (const step of plan.steps) {
      if (step.kind === 'create-session') await run.create(step)
      if (step.kind === 'rotate-token') await run.rotate(step)
    }
    await run.addAll(plan.steps.filter((step) => step.kind === 'add-file'))
    context.ledger.complete()
  } catch (error) {
    failure = error
  }
  return {
    sessionId: plan.sessionId ?? run.createdSession,
    sessionCreated: run.createdSession !== undefined,
    mounted: [...run.mounted].sort((a, b) => (a.file.mountPath < b.file.mountPath ? -1 : 1)),
    repository: run.repository,
    failure,
  }
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

/** The effects of one run while they come about. */
class Application {
  readonly mounted: MountedFile[] = []
  createdSession: string | undefined
  repository: MountedRepository | undefined
  readonly #context: ApplyContext
  readonly #uploads = new Map<string, string>()

  constructor(context: ApplyContext) {
    this.#context = context
  }

  async uploadAll(steps: readonly StepOf<'upload'>[]): Promise<void> {
    const { client, ledger, expiresInSeconds, concurrency, progress } = this.#context
    await inParallel(steps, concurrency, async ({ file }) => {
      const intent: UploadEntry = { kind: 'upload', name: uploadName(file) }
      const lost = () => ledger.note(intent)
      const upload = await carryOut(ledger, {
        intent,
        failed: `${quoted(file.path)} could not be uploaded`,
        call: () => uploadFile(client, contentOf(file), expiresInSeconds, lost),
        outcome: ({ id }) => ({ ...intent, fileId: id }),
      })
      checkSize(file, upload.size_bytes)
      this.#uploads.set(file.mountPath, upload.id)
      progress.uploaded(file.size)
    })
  }

  async create(step: StepOf<'create-session'>): Promise<void> {
    const { client, ledger, runKey, startedAt, repositoryToken } = this.#context
    const { agentId, environmentId } = step.create
    const params = sessionParams(step, { runKey, repositoryToken, uploadOf: (file) => this.#uploadOf(file) })
    const intent: SessionEntry = { kind: 'session', agentId }
    const session = await carryOut(ledger, {
      intent,
      failed: `no session of agent ${agentId} in environment ${environmentId} could be created`,
      call: () => createSession(client, params),
      outcome: ({ id }) => ({ ...intent, sessionId: id }),
      find: async () => (await findSessionsOfRun(client, agentId, runKey, startedAt)).at(0),
    })
    this.createdSession = session.id
    const shown = session.resources.length > 0 || params.resources?.length === 0
    const resources = shown ? session.resources : await listResources(client, session.id)
    if (step.repository !== undefined) this.repository = findMounted(session.id, step.repository, resources)
    this.#match(session.id, step.files, resources)
  }

  /** Not in the ledger: a token that was replaced is not known any more, and the new one does no harm. */
  async rotate({ sessionId, resource, repository }: StepOf<'rotate-token'>): Promise<void> {
    const { client, repositoryToken } = this.#context
    if (repositoryToken !== undefined) {
      await rotateToken(client, sessionId, resource.id, repositoryToken).catch((error: unknown) => {
        const failed = `the token of ${repository.url} on session ${sessionId} could not be renewed`
        throw error instanceof ApiError ? new EffectError(failed, error) : error
      })
    }
    this.repository = { resourceId: resource.id, mountPath: resource.mountPath, repository }
  }

  async addAll(steps: readonly StepOf<'add-file'>[]): Promise<void> {
    const { client, ledger, concurrency } = this.#context
    await inParallel(steps, concurrency, async ({ sessionId, file }) => {
      const { mountPath } = file
      const params = { type: 'file', file_id: this.#uploadOf(file), mount_path: mountPath } as const
      const intent: ResourceEntry = { kind: 'resource', sessionId, mountPath, name: uploadName(file) }
      const resource = await carryOut(ledger, {
        intent,
        failed: `${quoted(file.path)} could not be mounted at ${quoted(mountPath)} of session ${sessionId}`,
        call: () => addFile(client, sessionId, params),
        outcome: ({ id }) => ({ ...intent, resourceId: id }),
        find: () => findOwnFileAt(client, sessionId, mountPath, intent.name),
      })
      this.#note(file, resource, resource.id)
    })
  }

  /** A create's reply is matched by mount path, never by position; all that was asked for must be there. */
  #match(sessionId: string, files: readonly DesiredFile[], resources: readonly SessionResource[]): void {
    const byPath = new Map(
      resources
        .filter(({ type }) => type === 'file')
        .map((resource) => [mountPathOfReply(resource.mount_path ?? ''), resource]),
    )
    const missing = files.filter((file) => {
      const resource = byPath.get(file.mountPath)
      if (resource?.id === undefined) return true
      const { id: resourceId } = resource
      this.#context.ledger.note({
        kind: 'resource',
        sessionId,
        mountPath: file.mountPath,
        name: uploadName(file),
        resourceId,
      })
      this.#note(file, resource, resourceId)
      return false
    })
    if (missing.length > 0) {
      const names = missing.slice(0, 10).map((file) => quoted(file.mountPath))
      throw new Error(
        `session ${sessionId} was created, but ${missing.length} of ${files.length} files are not on it: ${names.join(', ')}`,
      )
    }
  }

  #note(file: DesiredFile, resource: SessionResource, resourceId: string): void {
    const echoed = resource.mount_path ?? ''
    this.mounted.push({
      file,
      containerPath: echoed.startsWith(`${UPLOADS_ROOT}/`) ? echoed : containerPath(file.mountPath),
      resourceId,
      fileId: resource.file_id,
    })
    this.#context.progress.mounted()
  }

  #uploadOf(file: DesiredFile): string {
    const id = this.#uploads.get(file.mountPath)
    if (id === undefined) throw new Error(`${quoted(file.path)} has not been uploaded`)
    return id
  }
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
