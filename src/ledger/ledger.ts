import * as v from 'valibot'
import { identity } from '../api/credentials/usable-credential.ts'
import { amount, lenient, text } from '../text/json.ts'
import { CLEANUPS, ON_PARTIAL, SESSION_CLEANUPS } from './cleanup-settings.ts'

/** What the run was, for post: who made what, and what to do with it. Holds no secret. */
const runEntry = v.object({
  kind: v.literal('run'),
  version: v.literal(3),
  runKey: text,
  /** When the run began, as an RFC 3339 time. */
  startedAt: v.pipe(
    text,
    v.check((time) => !Number.isNaN(Date.parse(time))),
  ),
  baseUrl: v.pipe(text, v.check(URL.canParse)),
  /** A key is read from its input by post. */
  identity,
  cleanup: v.picklist(CLEANUPS),
  onPartial: v.picklist(ON_PARTIAL),
  sessionCleanup: v.picklist(SESSION_CLEANUPS),
  cleanupWaitMs: amount,
  concurrency: v.pipe(amount, v.gtValue(0)),
})
export type RunEntry = Readonly<v.InferOutput<typeof runEntry>>

/** A file object that this run uploads. Without an id, the reply never came: its name bears the run's mark if it is there. */
const uploadEntry = v.object({
  kind: v.literal('upload'),
  name: text,
  /** Where the file is to be mounted. */
  mountPath: text,
  fileId: lenient(text),
})
export type UploadEntry = Readonly<v.InferOutput<typeof uploadEntry>>

/** A session that this run creates. Without an id, the reply never came: it carries the run key if it is there. */
const sessionEntry = v.object({
  kind: v.literal('session'),
  agentId: text,
  /** How many resources it is created with; more on it are somebody else's. */
  resources: amount,
  /** Others may find it by its name, and mount onto it. */
  isNamed: v.boolean(),
  /** The prompt goes with the call. */
  isTold: lenient(v.boolean()),
  sessionId: lenient(text),
  /** Another job created one of the same name at the same time, and was first: this one is to go. */
  lostNameRace: lenient(v.boolean()),
  /** This one is gone, as this run has seen. */
  isDeleted: lenient(v.boolean()),
})
export type SessionEntry = Readonly<v.InferOutput<typeof sessionEntry>>

/** A resource that this run puts on a session. Without an id, the reply never came. */
const resourceEntry = v.object({
  kind: v.literal('resource'),
  sessionId: text,
  mountPath: text,
  /** Of the upload that it is a copy of. */
  name: text,
  resourceId: lenient(text),
  /**
   * The path was refused as taken. What stands there is another job's, or this run's own, if something on the way
   * delivered the request twice; nobody can tell where both have the same content, so that it is not removed.
   */
  ownershipUnknown: lenient(v.boolean()),
  /** Upload name of the same content, in whose place it is, which another run had mounted and means to remove. */
  tookOver: lenient(text),
})
export type ResourceEntry = Readonly<v.InferOutput<typeof resourceEntry>>

/** A mounted file that this run takes off a session, to replace it or because it is not wanted any more. Not undone. */
const removalEntry = v.object({ kind: v.literal('removal'), sessionId: text, mountPath: text, resourceId: text })

/** A message that this run sends to the agent. Without an id, it is not known whether the session has it. Not undone. */
const promptEntry = v.object({
  kind: v.literal('prompt'),
  sessionId: text,
  /** Of the message, among the session's events. */
  eventId: lenient(text),
})

/** A session that another one takes the place of: to be archived once the run is complete, and not before. Not undone. */
const replacementEntry = v.object({ kind: v.literal('replacement'), sessionId: text, isArchived: lenient(v.boolean()) })
/** Answers to tools that ask, given once. Not undone. */
const confirmationEntry = v.object({ kind: v.literal('confirmation'), sessionId: text, useIds: v.array(text) })

/** What a session may cost from now on, in cents. Not undone. */
const budgetEntry = v.object({ kind: v.literal('budget'), sessionId: text, cents: amount })

/** Something that the run changes on the server. */
const effect = v.variant('kind', [
  uploadEntry,
  sessionEntry,
  resourceEntry,
  removalEntry,
  promptEntry,
  replacementEntry,
  confirmationEntry,
  budgetEntry,
])
export type Effect = Readonly<v.InferOutput<typeof effect>>

/** Main came to its end with everything mounted. */
const completeEntry = v.object({ kind: v.literal('complete') })

export const entry = v.variant('kind', [runEntry, ...effect.options, completeEntry])
export type Entry = Readonly<v.InferOutput<typeof entry>>

/** The run's effects, in the order they were begun, as post finds them. */
export interface Ledger {
  readonly run: RunEntry
  readonly effects: readonly Effect[]
  readonly complete: boolean
}
