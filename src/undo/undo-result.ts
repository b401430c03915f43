import { ApiError, mayHaveActed, StatusError } from '../api/errors.ts'
import { Interrupted } from '../stop/interrupted.ts'
import { escapeForLog } from '../text/escape.ts'
import { idOf, type LostThing, type SessionToUndo, type Thing } from './thing.ts'

/** Something that is still there, or may be. */
export interface Leftover {
  readonly thing: Thing | LostThing
  readonly reason: string
  /** Not of what may be gone, or another job's. */
  readonly isSure: boolean
  /** True if one request removes it. */
  readonly isRemovable: boolean
}

/** It may be there, or may be another job's. */
export function maybe(thing: Leftover['thing'], reason: string): Leftover {
  return { thing, reason, isSure: false, isRemovable: false }
}

/** It is there. @param isRemovable true if one request removes it */
export function surely(thing: Thing, reason: string, isRemovable = true): Leftover {
  return { thing, reason, isSure: true, isRemovable }
}

export interface KeptSession {
  readonly sessionId: string
  readonly why: string
}

export interface UndoResult {
  /** Gone, whoever removed it. */
  readonly removed: readonly Thing[]
  /** Of that, what was gone before. */
  readonly gone: readonly Thing[]
  readonly kept: readonly KeptSession[]
  readonly left: readonly Leftover[]
}

/** Results so far: each thing once, in its last known state. */
export class UndoProgress implements UndoResult {
  /** Sessions that were gone before; what was on them is so, too. */
  readonly goneSessions = new Set<string>()
  /** Sessions of the run that others have come to use as well. */
  readonly shared: SessionToUndo[] = []
  readonly kept: KeptSession[] = []
  /** What may be left, or may be another job's. */
  readonly doubts: Leftover[] = []
  readonly #removed = new Map<string, Thing>()
  readonly #gone = new Map<string, Thing>()
  readonly #left = new Map<string, Leftover>()
  readonly #ambiguous = new Set<Thing>()
  readonly #deadline: number
  #halted: string | undefined

  /** @param deadline up to when a pause is worth waiting for, on the clock of `performance.now()` */
  constructor(deadline = Number.POSITIVE_INFINITY) {
    this.#deadline = deadline
  }

  get removed(): readonly Thing[] {
    return [...this.#removed.values()]
  }

  get gone(): readonly Thing[] {
    return [...this.#gone.values()]
  }

  get left(): readonly Leftover[] {
    return [...this.#left.values(), ...this.doubts]
  }

  /** Possibly gone: the reply to the call was lost. */
  get ambiguous(): readonly Thing[] {
    return [...this.#ambiguous].filter((thing) => this.#left.has(idOf(thing)))
  }

  /**
   * Tries to remove something; what cannot be removed is left with the reason, and nothing is thrown. Resolves to what
   * came of it.
   */
  async try(thing: Thing, work: () => Promise<string>): Promise<'removed' | 'gone' | 'left'> {
    if (this.#halted !== undefined) {
      this.recordLeft([thing], this.#halted)
      return 'left'
    }
    try {
      const outcome = (await work()) === 'gone' ? 'gone' : 'removed'
      this.remove([thing], outcome)
      return outcome
    } catch (error) {
      this.fail([thing], error)
      return 'left'
    }
  }

  /** They are not there any more, whatever was said of them before. */
  remove(things: readonly Thing[], how: 'removed' | 'gone'): void {
    for (const thing of things) {
      this.#left.delete(idOf(thing))
      this.#removed.set(idOf(thing), thing)
      if (how === 'gone') this.#gone.set(idOf(thing), thing)
    }
  }

  /** They stay, for a reason in words for a user. What is removed already is not said to stay. */
  recordLeft(things: readonly Thing[], reason: string, isRemovable = true): void {
    for (const thing of things.filter((each) => !this.#removed.has(idOf(each)))) {
      this.#left.set(idOf(thing), surely(thing, reason, isRemovable))
    }
  }

  /** They stay, since a call failed. After some failures nothing more is tried. */
  fail(things: readonly Thing[], error: unknown): void {
    if (isPauseBeyond(error, this.#deadline)) this.#halted ??= reasonOf(error)
    if (mayHaveActed(error)) for (const thing of things) this.#ambiguous.add(thing)
    const reason = reasonOf(error)
    // Servers put the id into their message; without it, what happened to many is one reason.
    for (const thing of things) this.recordLeft([thing], reason.replaceAll(idOf(thing), '…'))
  }

  /** Says of those that nothing was said of yet that they stay. */
  leaveRest(things: readonly Thing[], error: unknown): void {
    this.fail(
      things.filter((thing) => !this.#left.has(idOf(thing))),
      error,
    )
  }

  /** @throws Error if nothing more is to be tried */
  throwIfHalted(): void {
    if (this.#halted !== undefined) throw new Error(this.#halted)
  }
}

/** The service wants nobody to ask before the time for removing is over. */
function isPauseBeyond(error: unknown, deadline: number): boolean {
  const pauseMs = error instanceof StatusError ? error.details.retryAfterMs : undefined
  return pauseMs !== undefined && performance.now() + pauseMs >= deadline
}

/** The reason in words for a user; equal failures give equal texts, so that they can be grouped. */
export function reasonOf(error: unknown): string {
  if (error instanceof Interrupted) return `cleanup ended before it was removed: ${error.message}`
  if (error instanceof ApiError && error.advice !== undefined) return `${withoutCall(error)}. ${error.advice}`
  if (error instanceof StatusError && error.details.status === 401) return 'the credential was refused (401)'
  if (error instanceof ApiError) return withoutCall(error)
  return error instanceof Error ? error.message : String(error)
}

/** Drops the call's name and the request id, which differ each time. */
function withoutCall({ call, message }: ApiError): string {
  const prefix = `${call.method} ${escapeForLog(call.target)}: `
  const text = message.startsWith(prefix) ? message.slice(prefix.length) : message
  return text.replace(/ \(request_id [^)]*\)/, '')
}
