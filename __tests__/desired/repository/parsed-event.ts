import { parseEvent, type WorkflowEvent } from '../../../src/runner/workflow-event.ts'
import { eventFixture } from './event-fixture.ts'

type HeadEvent = Extract<WorkflowEvent, { kind: 'head' }>
type CommitEvent = Extract<WorkflowEvent, { kind: 'commit' }>

/** A recorded event about a head, with the SHAs that a real checkout has. */
export function headEvent(name: string, head: string, merge?: string): HeadEvent {
  const event = parsed(name)
  if (event.kind !== 'head') throw new Error(`${name} is about no head`)
  return { ...event, head: { ...event.head, sha: head }, mergeSha: merge }
}

/** A recorded event about a commit, with the SHA that a real checkout has. */
export function commitEvent(name: string, sha: string): CommitEvent {
  const event = parsed(name)
  if (event.kind !== 'commit') throw new Error(`${name} is about no commit`)
  return { ...event, sha }
}

function parsed(name: string): WorkflowEvent {
  const { env, event } = eventFixture(name)
  return parseEvent(env, event)
}
