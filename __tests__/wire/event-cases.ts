import type { EventListParams, EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { type Confirmation, confirmTools, type ListEventsParams, listEvents, tellAgent } from '../../src/api/events.ts'
import type { Prompt } from '../../src/api/user-event.ts'
import { agentMessage, outcome, pages, session, userMessage } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

const RUBRIC = 'Every "figure"\nstands in données.csv 🎉'

export const eventCases: WireCases = {
  tellAgent: {
    'a message': say('Go'),
    'odd characters': say('Read "/mnt/session/uploads/données 🎉.csv"\n\\ ::error::x \u2028'),
    'an id of all that ids are made of': say('Go', 'sesn-A_9'),
    'an outcome': tell(
      { text: 'Write the report.', rubric: { text: RUBRIC, maxIterations: 5 } },
      {
        type: 'user.define_outcome',
        description: 'Write the report.',
        rubric: { type: 'text', content: RUBRIC },
        max_iterations: 5,
      },
    ),
  },
  confirmTools: {
    'one that is allowed': confirm([{ useId: 'sevt_use1', result: 'allow' }]),
    'a window of them': confirm([
      { useId: 'sevt_use1', result: 'allow' },
      { useId: 'sevt_use2', result: 'deny', reason: 'Not in this “workflow”.' },
    ]),
  },
  listEvents: {
    'without filters': list({}),
    'the latest, in two pages': list({ order: 'desc', limit: 100 }, 'page_a+b/c==&d'),
  },
}

function say(text: string, sessionId: string = session.id): WireCase {
  return tell({ text, rubric: undefined }, { type: 'user.message', content: [{ type: 'text', text }] }, sessionId)
}

function tell(prompt: Prompt, event: EventSendParams['events'][number], sessionId: string = session.id): WireCase {
  return {
    ours: (client) => tellAgent(client, sessionId, prompt),
    sdk: (anthropic) => anthropic.beta.sessions.events.send(sessionId, { events: [event] }),
    replies: [{ data: [prompt.rubric === undefined ? userMessage : outcome] }],
  }
}

function confirm(answers: readonly Confirmation[]): WireCase {
  const events = answers.map(({ useId, result, reason }) => ({
    type: 'user.tool_confirmation' as const,
    tool_use_id: useId,
    result,
    ...(reason === undefined ? {} : { deny_message: reason }),
  }))
  return {
    ours: (client) => confirmTools(client, session.id, answers),
    sdk: (anthropic) => anthropic.beta.sessions.events.send(session.id, { events }),
    replies: [{ data: [] }],
  }
}

function list(params: ListEventsParams, next: string | null = null): WireCase {
  return {
    ours: (client) => Array.fromAsync(listEvents(client, session.id, params)),
    sdk: (anthropic) => Array.fromAsync(anthropic.beta.sessions.events.list(session.id, params as EventListParams)),
    replies: pages([userMessage, agentMessage], next),
  }
}
