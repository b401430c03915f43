import type { FileSnapshot, Snapshot } from '../../emulator/emulator.ts'
import { sha256 } from '../harness/workspace.ts'
import {
  afterMount,
  afterPost,
  type Files,
  isPruned,
  isRefused,
  type ModelSession,
  put,
  type Slot,
  type Want,
} from './model.ts'
import type { FileName, Job, Step } from './step.ts'
import { mountPathOf, type RunStep, type Started, type StepRun, World } from './world.ts'

interface Open {
  readonly want: Want
  readonly started: Started
  /** Uploads that may be its own. */
  readonly uploads: Set<string>
}

const ARCHIVE = mountPathOf('files.tar.gz')
const BY_HAND = 'theirs'

/** Plays a history against the model. @throws Error with what is not as the model says, and the log of the last step */
export async function play(steps: readonly Step[], runStep: RunStep): Promise<void> {
  await using world = await World.open(runStep)
  const game = new Game(world)
  for (const [n, step] of steps.entries()) {
    await game.take(step).catch((error: unknown) => {
      throw new Error(`after step ${n + 1}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  await game.end()
}

class Game {
  readonly #world: World
  readonly #sessions = new Map<string, ModelSession>()
  readonly #files = new Map<FileName, string>()
  /** Runs whose post is to come, and whose uploads stay. */
  readonly #open: Open[] = []
  readonly #kept: Open[] = []
  /** SHA-256 of each archive by what it holds: the same files make the same bytes. */
  readonly #archives = new Map<string, string>()
  #jobs = 0
  #log: readonly string[] = []

  constructor(world: World) {
    this.#world = world
  }

  async take(step: Step): Promise<void> {
    this.#log = []
    switch (step.do) {
      case 'mount':
        await this.#mount([step])
        break
      case 'pair':
        await this.#mount(step.jobs.map((job) => ({ ...job, target: step.jobs[0].target, fault: undefined })))
        break
      case 'post':
        await this.#post(step.which)
        break
      case 'edit':
        this.#world.edit(step.file, step.content, this.#files.has(step.file))
        if (step.content === undefined) this.#files.delete(step.file)
        else this.#files.set(step.file, step.content)
        break
      default:
        await this.#interfere(step)
    }
    this.#check()
  }

  /** All posts, the last job's first; nothing is left then but what somebody keeps. */
  async end(): Promise<void> {
    while (this.#open.length > 0) {
      this.#log = []
      await this.#post(this.#open.length - 1)
      this.#check()
    }
  }

  async #interfere(step: Extract<Step, { session: number }>): Promise<void> {
    const session = [...this.#sessions.values()][step.session]
    if (session === undefined) return
    const { id, files, state } = session
    const set = (change: Partial<ModelSession>) => this.#sessions.set(id, { ...session, ...change })
    switch (step.do) {
      case 'run':
      case 'rest':
        if (state === 'archived') return
        this.#world.emulator.setSessionStatus(id, step.do === 'run' ? 'running' : 'idle')
        set({ state: step.do === 'run' ? 'running' : 'idle' })
        return
      case 'archive':
        if (state !== 'idle') return
        await this.#world.archive(id)
        set({ state: 'archived' })
        return
      case 'delete':
        if (state === 'running') return
        await this.#world.delete(id)
        this.#sessions.delete(id)
        return
      case 'add by hand':
      case 'remove by hand':
        if (state === 'archived') return
        set({ files: await this.#byHand(step.do, id, files, step.file) })
    }
  }

  async #byHand(how: 'add by hand' | 'remove by hand', id: string, files: Files, file: FileName): Promise<Files> {
    const path = mountPathOf(file)
    const there = files.get(path)
    if (how === 'remove by hand') {
      if (there !== undefined) await this.#world.removeByHand(id, there.resourceId)
      return new Map([...files].filter(([each]) => each !== path))
    }
    if (there !== undefined) return files
    await this.#world.addByHand(id, file)
    const resourceId = this.#idsOn(id).get(path) ?? ''
    const slot: Slot = { content: BY_HAND, resourceId, claims: new Set(), isOurs: false, keeper: undefined }
    // The person's own upload stays as well.
    this.#handUploads()
    return new Map([...files, [path, slot]])
  }

  readonly #byHandUploads = new Set<string>()
  #handUploads(): void {
    for (const { id, filename, scope } of this.#world.snapshot().files) {
      if (scope === null && filename === 'earlier.txt') this.#byHandUploads.add(id)
    }
  }

  async #mount(jobs: readonly Job[]): Promise<void> {
    const before = this.#world.snapshot()
    const target = jobs[0]?.target
    const id = this.#targetId(target)
    if (typeof target === 'number' && id === undefined) return
    const named = typeof target === 'string' && target !== 'new' ? target : undefined
    const wants = jobs.map((job) => this.#wantOf(job))
    const runs = await Promise.all(
      jobs.map((job, n) => this.#world.main(wants[n]?.job ?? '', job, typeof target === 'number' ? id : undefined)),
    )
    this.#log = runs.flatMap(({ name, main }) => [
      `--- main of ${name}: ${main.isSuccess ? 'success' : 'failure'}`,
      ...main.log,
    ])
    const uploads = this.#newUploads(before)
    const opened = runs.map((started, n) => ({ want: wants[n] as Want, started, uploads: new Set(uploads) }))
    this.#open.push(...opened)
    this.#adoptNew(before, opened, named)
    for (const group of named === undefined && id === undefined ? opened.map((each) => [each]) : [opened]) {
      const jobNames = group.map(({ want }) => want.job)
      const sessionId = id ?? [...this.#sessions.values()].find(({ creator = '' }) => jobNames.includes(creator))?.id
      if (sessionId !== undefined) this.#account(sessionId, group)
    }
  }

  #account(sessionId: string, opened: readonly Open[]): void {
    const [only] = opened
    if (opened.length === 1 && only?.started.main.isSuccess === true) this.#expect(sessionId, only.want)
    else this.#learn(sessionId, opened)
    const session = this.#sessionOf(sessionId)
    const users = opened.filter(({ started }) => isInState(started, sessionId)).map(({ want }) => want.job)
    this.#sessions.set(sessionId, { ...session, users: new Set([...session.users, ...users]) })
  }

  /** A session that is not there before is one of these jobs'. */
  #adoptNew(before: Snapshot, opened: readonly Open[], named: string | undefined): void {
    for (const session of this.#world.snapshot().sessions) {
      if (before.sessions.some(({ id }) => id === session.id)) continue
      const creator = opened.find(({ started }) =>
        Object.values(started.main.state).some(
          (value) => value.includes(session.id) && value.includes('"kind":"session"'),
        ),
      )
      const name = creator?.want.job ?? opened[0]?.want.job
      this.#sessions.set(session.id, {
        id: session.id,
        name: named,
        creator: name,
        state: 'idle',
        lastEnds: 'keep',
        users: new Set(),
        files: new Map(),
      })
    }
  }

  #expect(id: string, want: Want): void {
    const session = this.#sessionOf(id)
    if (isRefused(session, want)) throw this.#wrong(`${want.job} succeeded over a file that a person put there`)
    const ids = this.#idsOn(id)
    const archive = want.files.get(ARCHIVE)
    if (archive !== undefined) this.#shaOf(archive, this.#contentsOn(id).get(ARCHIVE)?.sha)
    this.#sessions.set(id, { ...session, files: afterMount(session, want, (path) => ids.get(path) ?? '') })
  }

  /** Of jobs that failed or ran at once: each path holds what it held, or what one of them wanted. */
  #learn(id: string, opened: readonly Open[]): void {
    const session = this.#sessionOf(id)
    const there = this.#contentsOn(id)
    const files = new Map<string, Slot>()
    for (const path of new Set([...session.files.keys(), ...there.keys()])) {
      const slot = this.#learnSlot(path, session, there.get(path), opened)
      if (slot !== undefined) files.set(path, slot)
    }
    this.#sessions.set(id, { ...session, files })
    for (const { want, started } of opened) if (started.main.isSuccess) this.#assertTrue(want, opened, there)
  }

  #learnSlot(
    path: string,
    session: ModelSession,
    now: { readonly id: string; readonly sha: string } | undefined,
    opened: readonly Open[],
  ): Slot | undefined {
    const old = session.files.get(path)
    const touching = opened.filter(({ want }) => want.files.has(path) || isPruned(path, session, want))
    const mayTouch = touching.some(({ want }) => !isRefused(session, want))
    if (now === undefined) {
      if (old !== undefined && !mayTouch) throw this.#wrong(`${path} of session ${session.id} is gone`)
      return undefined
    }
    if (now.id === old?.resourceId) return old
    const wanting = touching.filter(({ want }) => want.files.has(path))
    const author =
      wanting.find(({ started }) => isInState(started, now.id)) ??
      wanting.find(({ want }) => ['', now.sha].includes(this.#shaOf(want.files.get(path) ?? '')))
    if (author === undefined || !mayTouch) throw this.#wrong(`${path} of session ${session.id} is what nobody wanted`)
    const content = author.want.files.get(path) ?? ''
    if (this.#shaOf(content, now.sha) !== now.sha) throw this.#wrong(`${path} of session ${session.id} has other bytes`)
    const slot = put(old, content, author.want, now.id)
    const by = wanting.filter(({ want }) => want.files.get(path) === content)
    const others = by.filter(({ want, started }) => want.cleanup === 'always' && started.main.isSuccess)
    return {
      ...slot,
      claims: new Set([...slot.claims, ...(slot.keeper === undefined ? others.map(({ want }) => want.job) : [])]),
    }
  }

  #assertTrue(want: Want, opened: readonly Open[], there: ReadonlyMap<string, { readonly sha: string }>): void {
    for (const [path, content] of want.files) {
      const sha = there.get(path)?.sha
      const others = opened.filter((each) => each.want !== want)
      const isOthers = others.some(
        ({ want: other }) => other.prune || (other.files.has(path) && other.files.get(path) !== content),
      )
      if (sha !== this.#shaOf(content) && !isOthers)
        throw this.#wrong(`${want.job} succeeded, but ${path} is not there`)
    }
  }

  async #post(which: number): Promise<void> {
    const [each] = this.#open.splice(which, 1)
    if (each === undefined) return
    const { want, started } = each
    const run: StepRun = await this.#world.post(started)
    this.#log = [
      `--- main of ${want.job}: ${started.main.isSuccess ? 'success' : 'failure'}`,
      ...started.main.log,
      `--- post of ${want.job}`,
      ...run.log,
    ]
    if (!run.isSuccess) throw this.#wrong('post failed')
    const isHindered = [...this.#sessions.values()].some(
      ({ state, files }) => state !== 'idle' && [...files.values()].some(({ claims }) => claims.has(want.job)),
    )
    if (run.warnings.length > 0 && !isHindered) throw this.#wrong('post warned of something')
    const ending = started.main.isSuccess ? 'success' : 'failure'
    for (const session of [...this.#sessions.values()]) {
      const after = afterPost(session, want, ending)
      if (after === undefined) this.#sessions.delete(session.id)
      else this.#sessions.set(session.id, { ...after, files: this.#withStaying(session, after, want.job) })
    }
    if (ending === 'success' && want.cleanup !== 'always') this.#kept.push(each)
  }

  /** A file may stay for a job that has once mounted the same in its place, until that is done as well. */
  #withStaying(before: ModelSession, after: ModelSession, undone: string): Files {
    const there = this.#idsOn(after.id)
    const files = [...before.files].flatMap(([path, slot]): [string, Slot][] => {
      const resourceId = there.get(path)
      const isUndone = slot.keeper !== undefined && slot.keeper === undone
      const left = after.files.get(path)
      if (left !== undefined) return [[path, isUndone && resourceId !== undefined ? { ...left, resourceId } : left]]
      const isLeft = isUndone || (slot.keeper === undefined && resourceId === slot.resourceId)
      if (resourceId === undefined || !isLeft) return []
      const others = this.#open.filter(
        ({ want }) => before.users.has(want.job) && want.files.get(path) === slot.content,
      )
      const claims = new Set(others.map(({ want }) => want.job))
      return others.length === 0 ? [] : [[path, { ...slot, resourceId, claims, keeper: undefined }]]
    })
    return new Map(files)
  }

  #check(): void {
    const { files, sessions } = this.#world.snapshot()
    const wanted = [...this.#sessions.keys()].sort()
    const there = sessions.map(({ id }) => id).sort()
    if (String(wanted) !== String(there)) throw this.#wrong(`sessions are ${there}, should be ${wanted}`)
    for (const session of this.#sessions.values()) this.#checkSession(session)
    const owned = new Set([...this.#open, ...this.#kept].flatMap(({ uploads }) => [...uploads]))
    const orphans = files.filter(({ id, scope }) => scope === null && !owned.has(id) && !this.#byHandUploads.has(id))
    if (orphans.length > 0) throw this.#wrong(`uploads of nobody: ${orphans.map(({ filename }) => filename)}`)
  }

  #checkSession({ id, files, state }: ModelSession): void {
    const session = this.#world.snapshot().sessions.find((each) => each.id === id)
    if (((session?.archived_at ?? null) !== null) !== (state === 'archived'))
      throw this.#wrong(`session ${id} should be ${state}`)
    const there = this.#contentsOn(id)
    const wrong = [...new Set([...files.keys(), ...there.keys()])].filter((path) => {
      const slot = files.get(path)
      return slot === undefined || there.get(path)?.sha !== this.#shaOf(slot.content)
    })
    if (wrong.length === 0) return
    const texts = wrong.map(
      (path) =>
        `${path} should be ${JSON.stringify(files.get(path)?.content ?? 'away')} and is ${there.has(path) ? 'there' : 'away'}`,
    )
    throw this.#wrong(`session ${id}: ${texts.join('; ')}`)
  }

  #wrong(text: string): Error {
    return new Error([text, ...this.#log].join('\n'))
  }

  #wantOf({ only, archive, prune, overwrite, cleanup, sessionCleanup, target }: Job): Want {
    const found = only.flatMap((file) => (this.#files.has(file) ? [[file, this.#files.get(file) ?? ''] as const] : []))
    const single = found.map(([file, content]) => [mountPathOf(file), content] as const)
    const packed = [[ARCHIVE, `archive ${JSON.stringify(found)}`]] as const
    this.#jobs++
    const isNew = target === 'new'
    return {
      ...{
        job: `job ${this.#jobs}`,
        files: new Map(archive && found.length > 0 ? packed : single),
        cleanup,
        sessionCleanup,
      },
      prune: prune && !isNew,
      overwrite: overwrite && !isNew,
    }
  }

  #targetId(target: Job['target'] | undefined): string | undefined {
    const all = [...this.#sessions.values()]
    if (typeof target === 'number') return all[target]?.id
    return all.find(({ name, state }) => name !== undefined && name === target && state !== 'archived')?.id
  }

  #sessionOf(id: string): ModelSession {
    const session = this.#sessions.get(id)
    if (session === undefined) throw new Error(`no session ${id}`)
    return session
  }

  #newUploads(before: Snapshot): readonly string[] {
    const known = new Set(before.files.map(({ id }) => id))
    return this.#world.snapshot().files.flatMap(({ id, scope }) => (scope === null && !known.has(id) ? [id] : []))
  }

  #contentsOn(id: string): ReadonlyMap<string, { readonly id: string; readonly sha: string }> {
    const { files, sessions } = this.#world.snapshot()
    const byId = new Map(files.map((file): [string, FileSnapshot] => [file.id, file]))
    const resources = sessions.find((each) => each.id === id)?.resources ?? []
    return new Map(
      resources.flatMap((each) =>
        each.type === 'file'
          ? [[each.mount_path, { id: each.id, sha: byId.get(each.file_id)?.sha256 ?? '' }] as const]
          : [],
      ),
    )
  }

  #idsOn(id: string): ReadonlyMap<string, string> {
    return new Map([...this.#contentsOn(id)].map(([path, { id: resourceId }]) => [path, resourceId]))
  }

  /** An archive's bytes are learnt when a job that mounted it is first seen to have done so. */
  #shaOf(content: string, seen?: string): string {
    if (!content.startsWith('archive ')) return sha256(content)
    const known = this.#archives.get(content) ?? seen
    if (known !== undefined) this.#archives.set(content, known)
    return known ?? ''
  }
}

/** Whether the ledger of a job names a thing. */
function isInState({ main }: Started, id: string): boolean {
  return Object.values(main.state).some((value) => value.includes(id))
}
