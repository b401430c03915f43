import type { EventListParams, EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { type ListEventsParams, listEvents, sendMessage } from '../../src/api/events.ts'
import { agentMessage, session, userMessage } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

export const eventCases: WireCases = {
  sendMessage: {
    'to a session': send('Go'),
    'with odd characters': send('Read "/mnt/session/uploads/données 🎉.csv"\n\\ ::error::x \u2028'),
    'to an id of all that ids are made of': send('Go', 'sesn-A_9'),
  },
  listEvents: {
    'without filters': list({}),
    'the latest of one type': list({ order: 'desc', limit: 1, types: ['session.status_idle'] }),
    'of several types, a further page': list({
      order: 'asc',
      limit: 100,
      types: ['user.message', 'agent.message'],
      page: 'page_a+b/c==&d',
    }),
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

function list({ types, ...rest }: ListEventsParams): WireCase {
  const params = { ...rest, ...(types === undefined ? {} : { types: [...types] }) } as EventListParams
  return {
    ours: (client) => listEvents(client, session.id, { ...rest, ...(types === undefined ? {} : { types }) }),
    sdk: (anthropic) => anthropic.beta.sessions.events.list(session.id, params),
    replies: [{ data: [userMessage, agentMessage], next_page: null }],
  }
}
