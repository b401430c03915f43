import type { FileSnapshot, Snapshot } from '../../emulator/emulator.ts'
import { RUN_KEY_METADATA } from '../../src/ledger/run-key.ts'

type Session = Snapshot['sessions'][number]
export type Resource = Session['resources'][number]

/** What is on the server that was not there before: the run's. */
export interface Holdings {
  readonly uploads: readonly FileSnapshot[]
  readonly sessions: readonly Session[]
  /** On sessions that were there before. */
  readonly resources: readonly (Resource & { readonly sessionId: string })[]
}

export function holdings(before: Snapshot, now: Snapshot): Holdings {
  const files = new Set(before.files.map(({ id }) => id))
  const sessions = new Map(before.sessions.map((session) => [session.id, session]))
  return {
    uploads: now.files.filter(({ id, scope }) => scope === null && !files.has(id)),
    sessions: now.sessions.filter(({ id }) => !sessions.has(id)),
    resources: now.sessions.flatMap(({ id, resources }) => {
      const there = new Set(sessions.get(id)?.resources.map(keyOf))
      const added = sessions.has(id) ? resources.filter((resource) => !there.has(keyOf(resource))) : []
      return added.map((resource) => ({ ...resource, sessionId: id }))
    }),
  }
}

/** Memory stores have no id of their own on a session. */
export function keyOf(resource: Resource): string {
  return 'id' in resource ? resource.id : resource.memory_store_id
}

/** What of others is not as it was, by id; `replaced` may be gone, and the agent of `told` may have worked. */
export function harmed(
  before: Snapshot,
  now: Snapshot,
  replaced: ReadonlySet<string>,
  told?: string,
): readonly string[] {
  const files = new Map(now.files.map((file) => [file.id, file]))
  const sessions = new Map(now.sessions.map((session) => [session.id, session]))
  const kept = ({ resources }: Session) => resources.filter((resource) => !replaced.has(keyOf(resource)))
  const copies = new Set(
    before.sessions.flatMap(({ resources }) =>
      resources.flatMap((each) => (each.type === 'file' && replaced.has(each.id) ? [each.file_id] : [])),
    ),
  )
  return [
    ...before.files.filter((file) => !copies.has(file.id) && !isSame(file, files.get(file.id))).map(({ id }) => id),
    ...before.sessions
      .filter((session) => !isSame(facts(session, told), facts(sessions.get(session.id), told)))
      .map(({ id }) => id),
    ...before.sessions
      .flatMap((session) => {
        const there = new Map(sessions.get(session.id)?.resources.map((each) => [keyOf(each), each]))
        return kept(session).filter((resource) => !isSame(resource, there.get(keyOf(resource))))
      })
      .map(keyOf),
  ]
}

/** The run that a session says it was made by. */
export function runKeyOf({ metadata }: Session): string {
  return metadata[RUN_KEY_METADATA] ?? ''
}

function facts(session: Session | undefined, told: string | undefined): unknown {
  if (session === undefined) return undefined
  const { resources: _, updated_at: __, status, usage, stats, budget, outcome_evaluations, ...rest } = session
  return session.id === told ? rest : { ...rest, status, usage, stats, budget, outcome_evaluations }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
