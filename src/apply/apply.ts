import { listResources, type SessionResource } from '../api/resources.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import { isSameContent } from '../plan/diff-files.ts'
import type { Plan, Step } from '../plan/plan.ts'
import { quote } from '../text/escape.ts'
import {
  type Applied,
  type Change,
  type MountedFile,
  type MountedRepository,
  mountedFile,
  type Opening,
  sorted,
  type Upload,
} from './applied.ts'
import type { ApplyContext } from './apply-context.ts'
import { createAndSettleRace } from './create-session.ts'
import { EffectError } from './effect.ts'
import { inParallel } from './in-parallel.ts'
import { findCreatedRepository, matchCreated, missingFilesText } from './match-created.ts'
import { mountFile, removeMountedFile } from './mount-file.ts'
import { isFatal, PartialFailure } from './partial-failure.ts'
import { renewToken } from './renew-token.ts'
import type { Creation } from './session-params.ts'
import { uploadDesired } from './upload-file.ts'

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

/**
 * Carries out plans of one run, the second after a lost race only; what was uploaded by then is not uploaded again.
 * Each effect has a line in the ledger before the call and one when the reply is there.
 */
export class Applier {
  readonly #context: ApplyContext
  readonly #uploads = new Map<DesiredFile, Upload>()
  readonly #mounted: MountedFile[] = []
  readonly #removed: SessionFile[] = []
  readonly #failures: unknown[] = []
  /** The session that is mounted onto; undefined while there is none. */
  #sessionId: string | undefined
  #createdSession: string | undefined
  #repository: MountedRepository | undefined
  #opening: Opening | undefined
  #winner: Applied['winner']

  constructor(context: ApplyContext) {
    this.#context = context
  }

  /** Does not throw: what happened up to a failure is part of the result. */
  async apply(plan: Plan): Promise<Applied> {
    this.#winner = undefined
    this.#sessionId = plan.sessionId
    try {
      await this.#runSteps(plan)
      // Nothing was left to do, but whoever cancelled it is not told of a success.
      this.#context.stop.startNothingNew.throwIfAborted()
      if (this.#winner === undefined && this.#failures.length === 0) {
        // From here on post does not delete the new session, but archives the ones that it replaces.
        for (const sessionId of plan.replaces) this.#context.ledger.note({ kind: 'replacement', sessionId })
        this.#context.ledger.complete()
      }
    } catch (error) {
      this.#failures.unshift(error)
    }
    return {
      sessionId: plan.sessionId ?? this.#createdSession,
      sessionCreated: this.#createdSession !== undefined,
      mounted: sorted(this.#mounted),
      removed: this.#removed,
      uploads: [...this.#uploads.values()],
      repository: this.#repository,
      replaces: plan.replaces,
      opening: this.#opening,
      workspace: this.#context.client.workspace,
      failure: this.#failure(),
      winner: this.#winner,
    }
  }

  async #runSteps({ steps, unchanged }: Plan): Promise<void> {
    const of = <K extends Step['kind']>(kind: K) => steps.filter((step): step is StepOf<K> => step.kind === kind)
    this.#mounted.push(...unchanged.map(({ file, there }) => mountedFile(file, 'unchanged', there)))
    await this.#each(of('upload'), ({ file }) => this.#upload(file))
    for (const step of of('create-session').filter((step) => this.#isWorthwhile(step))) await this.#create(step)
    for (const step of of('rotate-token')) this.#repository = await renewToken(step, this.#context)
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

  /** With `on-partial: keep`, one file that fails does not stop the others. */
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
    this.#uploads.set(file, await uploadDesired(this.#context, file, this.#sessionId))
    this.#context.progress.uploaded(file.size)
  }

  async #create(step: StepOf<'create-session'>): Promise<void> {
    const files = step.files.filter((file) => this.#uploads.has(file))
    const opening = this.#failures.length === 0 ? this.#context.opening : undefined
    const creation: Creation = { ...step, files, opening, uploadOf: (file) => this.#uploadOf(file).fileId }
    const { session, winner } = await createAndSettleRace(creation, this.#context)
    this.#winner = winner
    if (winner !== undefined) return
    this.#createdSession = session.id
    this.#opening = opening && { prompt: opening, isRunning: session.status !== 'idle' }
    const isShown = session.resources.length > 0 || files.length === 0
    const resources = isShown ? session.resources : await listResources(this.#context.client, session.id)
    if (step.repository !== undefined) this.#repository = findCreatedRepository(session.id, step.repository, resources)
    await this.#match(session.id, files, resources)
  }

  /** The gap in which the path holds nothing is one round trip: the new content is uploaded already. */
  async #replace(sessionId: string, file: DesiredFile, there: SessionFile): Promise<void> {
    await removeMountedFile(this.#context, sessionId, there)
    await this.#add(sessionId, file, 'replaced', isSameContent(file, there) ? there.name : undefined).catch(
      (error: unknown) => {
        const gone = `what was mounted at ${quote(file.mountPath)} was removed before that, so nothing is mounted there now`
        throw error instanceof EffectError ? new EffectError(`${error.failed}, and ${gone}`, error.cause) : error
      },
    )
  }

  async #remove(sessionId: string, there: SessionFile): Promise<void> {
    await removeMountedFile(this.#context, sessionId, there)
    this.#removed.push(there)
  }

  async #add(sessionId: string, file: DesiredFile, change: Change, tookOver?: string): Promise<void> {
    const place = await mountFile(this.#context, sessionId, file, this.#uploadOf(file), tookOver)
    this.#mounted.push(mountedFile(file, change, place))
    this.#context.progress.mounted()
  }

  async #match(sessionId: string, files: readonly DesiredFile[], resources: readonly SessionResource[]): Promise<void> {
    const { client, ledger, progress } = this.#context
    const nameOf = (file: DesiredFile) => this.#uploadOf(file).name
    const matching = await matchCreated(client, sessionId, files, resources, nameOf)
    for (const { file, there } of matching.matched) {
      const { mountPath, resourceId } = there
      ledger.note({ kind: 'resource', sessionId, mountPath, name: nameOf(file), resourceId })
      this.#mounted.push(mountedFile(file, 'added', there))
      progress.mounted()
    }
    if (matching.missing.length > 0) throw new Error(missingFilesText(sessionId, matching))
  }

  #uploadOf(file: DesiredFile): Upload {
    const upload = this.#uploads.get(file)
    if (upload === undefined) throw new Error(`${quote(file.path)} has not been uploaded`)
    return upload
  }
}
