import type { BetaManagedAgentsSessionThread } from '@anthropic-ai/sdk/resources/beta/sessions/threads/threads'
import { type Operation, param } from '../http/call.ts'
import { paginateAll } from '../http/page.ts'
import type { SessionRecord } from '../world.ts'
import { findSession } from './session.ts'

/** Documented: each session has a primary thread. There is no other here, since nothing hands work on. */
export const listThreads: Operation = (world, call) => {
  const thread = primaryThread(findSession(world, param(call, 'session')))
  const statuses = call.query.all('statuses')
  return paginateAll(statuses.length === 0 || statuses.includes(thread.status) ? [thread] : [], call.query)
}

function primaryThread({ facts }: SessionRecord): BetaManagedAgentsSessionThread {
  const { id: session_id, agent, status, stats, usage, created_at, updated_at, archived_at } = facts
  const { multiagent: _, ...threadAgent } = agent
  const times = { created_at, updated_at, archived_at }
  return {
    ...{ id: session_id.replace(/^sesn/, 'sthr'), type: 'session_thread', session_id, agent: threadAgent },
    ...{ parent_thread_id: null, workflow_run_id: null, status, stats, usage, ...times },
  }
}
