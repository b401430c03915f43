import type { BetaManagedAgentsSessionThread } from '@anthropic-ai/sdk/resources/beta/sessions/threads/threads'
import { type Operation, param } from '../http/call.ts'
import { paginateAll } from '../http/page.ts'
import { decodeQuery, words } from '../http/query.ts'
import type { SessionRecord } from '../world.ts'
import { findSession } from './session.ts'

/** Documented: each session has a primary thread. */
export const listThreads: Operation = (world, call) => {
  const threads = threadsOf(findSession(world, param(call, 'session')))
  const { 'statuses[]': statuses } = decodeQuery({ 'statuses[]': words }, call.query)
  return paginateAll(
    threads.filter(({ status }) => statuses.length === 0 || statuses.includes(status)),
    call.query,
  )
}

export function primaryThreadId(sessionId: string): string {
  return sessionId.replace(/^sesn/, 'sthr')
}

function threadsOf({ facts, threads }: SessionRecord): readonly BetaManagedAgentsSessionThread[] {
  const { id: session_id, agent, status, stats, usage, created_at, updated_at, archived_at } = facts
  const { multiagent: _, ...threadAgent } = agent
  const primary: BetaManagedAgentsSessionThread = {
    id: primaryThreadId(session_id),
    type: 'session_thread',
    session_id,
    agent: threadAgent,
    parent_thread_id: null,
    workflow_run_id: null,
    status,
    stats,
    usage,
    created_at,
    updated_at,
    archived_at,
  }
  const others = threads.map(({ id, name, status }) => ({
    ...primary,
    id,
    parent_thread_id: primary.id,
    agent: { ...threadAgent, name },
    status,
    stats: null,
    usage: null,
  }))
  return [primary, ...others]
}
