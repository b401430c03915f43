import {
  addMetadata,
  archiveSession,
  type CreateSessionParams,
  changeBudget,
  createSession,
  deleteSession,
  interruptSession,
  listSessions,
  retrieveSession,
} from '../../src/api/sessions.ts'
import { creationCases } from './creation-cases.ts'
import { archivedSession, deletedSession, pages, session } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

const AGENT = session.agent.id
const ENVIRONMENT = session.environment_id
const FILES = [
  { type: 'file', file_id: 'file_1', mount_path: '/in/report.csv' },
  { type: 'file', file_id: 'file_2', mount_path: '/in/with "quotes" \\ and 日本語 🎉.txt' },
] as const

export const sessionCases: WireCases = {
  createSession: {
    'an agent by id': create({ agent: AGENT, environment_id: ENVIRONMENT }),
    'an agent of a version': create({
      agent: { type: 'agent', id: AGENT, version: 3 },
      environment_id: ENVIRONMENT,
    }),
    'with files': create({ agent: AGENT, environment_id: ENVIRONMENT, resources: [...FILES] }),
    'with everything': create({
      agent: { type: 'agent', id: AGENT, version: 3 },
      environment_id: ENVIRONMENT,
      title: 'PR 42: "données" 🎉',
      metadata: { run: 'o/r/123/1/build/5e6f', empty: '' },
      vault_ids: ['vlt_1', 'vlt_2'],
      resources: [...FILES],
    }),
    ...creationCases,
  },
  retrieveSession: {
    'by id': {
      ours: (client) => retrieveSession(client, session.id),
      sdk: (anthropic) => anthropic.beta.sessions.retrieve(session.id),
      replies: [session],
    },
    'by an id of all that ids are made of': {
      ours: (client) => retrieveSession(client, 'sesn-A_9'),
      sdk: (anthropic) => anthropic.beta.sessions.retrieve('sesn-A_9'),
      replies: [session],
    },
  },
  addMetadata: {
    'to those that are there': {
      ours: (client) => addMetadata(client, session.id, { 'session-mount-last-job': 'delete' }),
      sdk: (anthropic) =>
        anthropic.beta.sessions.update(session.id, { metadata: { 'session-mount-last-job': 'delete' } }),
      replies: [session],
    },
  },
  listSessions: {
    'without filters': list({}),
    'by agent, oldest first': list({ agent_id: AGENT, order: 'asc', limit: 100 }),
    'in two pages': list({ agent_id: AGENT, order: 'asc', limit: 100 }, 'page_a+b/c==&d'),
    'from a time on': list({ agent_id: AGENT, 'created_at[gte]': '2026-11-21T12:00:00+01:00', order: 'desc' }),
  },
  interruptSession: {
    'by id': {
      ours: (client) => interruptSession(client, session.id),
      sdk: (anthropic) => anthropic.beta.sessions.events.send(session.id, { events: [{ type: 'user.interrupt' }] }),
      replies: [{ data: [] }],
    },
  },
  changeBudget: {
    'to some cents': {
      ours: (client) => changeBudget(client, session.id, 1250),
      sdk: (anthropic) =>
        anthropic.beta.sessions.update(session.id, {
          budget: { type: 'limit', max_list_cost: { amount: '1250', currency: 'USD' } },
        }),
      replies: [session],
    },
  },
  archiveSession: {
    'by id': {
      ours: (client) => archiveSession(client, session.id),
      sdk: (anthropic) => anthropic.beta.sessions.archive(session.id),
      replies: [archivedSession],
    },
  },
  deleteSession: {
    'by id': {
      ours: (client) => deleteSession(client, session.id),
      sdk: (anthropic) => anthropic.beta.sessions.delete(session.id),
      replies: [deletedSession],
    },
  },
}

function create(params: CreateSessionParams): WireCase {
  return {
    ours: (client) => createSession(client, params),
    sdk: (anthropic) => anthropic.beta.sessions.create(params),
    replies: [session],
  }
}

interface Filters {
  agent_id?: string
  'created_at[gte]'?: string
  order?: 'asc' | 'desc'
  limit?: number
}

function list(filters: Filters, next: string | null = null): WireCase {
  return {
    ours: (client) => Array.fromAsync(listSessions(client, filters)),
    sdk: (anthropic) => Array.fromAsync(anthropic.beta.sessions.list(filters)),
    replies: pages([session], next),
  }
}
