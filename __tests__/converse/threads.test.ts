import { expect, test } from '@jest/globals'
import type { EventContent, SessionEvent } from '../../src/api/session-event.ts'
import { ownThread } from '../../src/converse/threads.ts'

type Row = EventContent & { readonly threadId?: string }

const RUNNING: Row = { kind: 'running' }
const MESSAGE: Row = { kind: 'agent-message', text: 'Hello' }
const runs = (threadId: string): Row => ({ kind: 'thread-running', threadId, agent: 'another' })
const begins = (threadId: string): Row => ({ kind: 'thread-created', threadId, agent: 'another' })

test.each<readonly [string, readonly Row[], string | undefined]>([
  ['it runs when the session does', [RUNNING, runs('own'), MESSAGE], 'own'],
  ['what else runs is another’s', [RUNNING, MESSAGE, runs('other')], undefined],
  ['another’s runs first, as of a list that begins in the middle', [runs('other'), RUNNING, runs('own')], 'own'],
  ['another’s is announced', [begins('other'), RUNNING, runs('other'), RUNNING, runs('own')], 'own'],
  ['it has not been seen', [RUNNING, MESSAGE], undefined],
])('the thread of the session’s own agent: %s', (_, rows, own) => {
  const events = rows.map(
    (row): SessionEvent => ({ ...{ id: undefined, processedAt: 'now', threadId: undefined }, ...row }),
  )
  expect(ownThread(events)).toBe(own)
})
