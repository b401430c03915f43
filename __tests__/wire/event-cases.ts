import type { EventListParams, EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { type ListEventsParams, listEvents, sendMessage } from '../../src/api/events.ts'
import { agentMessage, pages, session, userMessage } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

export const eventCases: WireCases = {
  sendMessage: {
    'to a session': send('Go'),
    'with odd characters': send('Read "/mnt/session/uploads/données 🎉.csv"\n\\ ::error::x \u2028'),
    'to an id of all that ids are made of': send('Go', 'sesn-A_9'),
  },
  listEvents: {
    'without filters': list({}),
    'the latest, in two pages': list({ order: 'desc', limit: 100 }, 'page_a+b/c==&d'),
  },
}

function send(text: string, sessionId: string = session.id): WireCase {
  const params: EventSendParams = { events: [{ type: 'user.message', content: [{ type: 'text', text }] }] }
  return {
    ours: (client) => sendMessage(client, sessionId, text),
    sdk: (anthropic) => anthropic.beta.sessions.events.send(sessionId, params),
    replies: [{ data: [userMessage] }],
  }
}

function list(params: ListEventsParams, next: string | null = null): WireCase {
  return {
    ours: (client) => Array.fromAsync(listEvents(client, session.id, params)),
    sdk: (anthropic) => Array.fromAsync(anthropic.beta.sessions.events.list(session.id, params as EventListParams)),
    replies: pages([userMessage, agentMessage], next),
  }
}
