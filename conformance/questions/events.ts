import { setTimeout as sleep } from 'node:timers/promises'
import { dataOf, idsOf, textAt } from '../json.ts'
import { type Lab, needId } from '../lab.ts'
import { assumed, type Question, relied } from '../question.ts'
import type { Reply } from '../server.ts'

const WAIT_MS = 120_000
const EVERY_MS = 1_000

async function send(lab: Lab, sessionId: string, ...events: readonly object[]): Promise<Reply> {
  return lab.server.ask('POST', `/v1/sessions/${sessionId}/events`, { beta: true, json: { events } })
}

async function eventsOf(lab: Lab, sessionId: string, order?: string): Promise<readonly unknown[]> {
  const query = order === undefined ? { limit: '100' } : { limit: '100', order }
  return dataOf((await lab.get(`/v1/sessions/${sessionId}/events`, { beta: true, query })).json)
}

const typesOf = (events: readonly unknown[]): readonly (string | undefined)[] =>
  events.map((event) => textAt(event, 'type'))

/** Without a message: nothing here makes an agent work. */
export const EVENTS: readonly Question[] = [
  assumed({
    name: 'send',
    ask: 'What does sending an interrupt to an idle session answer?',
    expected: ['200 with the event'],
    otherwise: 'the prompt is looked for on the list to learn its id',
    look: async (lab) => {
      const { status, json } = await send(lab, await lab.session(), { type: 'user.interrupt' })
      return `${status}${idsOf(json).length === 1 ? ' with the event' : ' without a body'}`
    },
  }),
  relied({
    name: 'events-listed',
    ask: 'Is what was sent on the list of events?',
    expected: ['yes'],
    otherwise: 'the wait for an answer never ends, and lost prompts cannot be told from others',
    look: async (lab) => {
      const id = needId(await lab.create(), 'a session')
      await send(lab, id, { type: 'user.interrupt' })
      return typesOf(await eventsOf(lab, id)).includes('user.interrupt') ? 'yes' : 'no'
    },
  }),
  assumed({
    name: 'events-order',
    ask: 'Does order=desc list the newest event first?',
    expected: ['yes'],
    otherwise: 'the whole list is read each time',
    look: async (lab) => {
      const id = needId(await lab.create(), 'a session')
      for (let n = 0; n < 2; n++) await send(lab, id, { type: 'user.interrupt' })
      const ids = async (order: string) => (await eventsOf(lab, id, order)).map((event) => textAt(event, 'id'))
      const [newestFirst, oldestFirst] = [await ids('desc'), await ids('asc')]
      return newestFirst.length > 1 && newestFirst.join() === oldestFirst.toReversed().join() ? 'yes' : 'no'
    },
  }),
  assumed({
    name: 'stream',
    ask: 'As what does the stream of events come?',
    expected: ['200 text/event-stream'],
    otherwise: 'nothing: we read the list',
    look: async (lab) => {
      const { status, type } = await lab.server.open(`/v1/sessions/${await lab.session()}/events/stream`)
      return `${status} ${type}`
    },
  }),
  assumed({
    name: 'threads',
    ask: 'How many threads has a new session?',
    expected: ['1', '0'],
    otherwise: 'nothing: the session’s own events count',
    look: async (lab) => {
      const { json } = await lab.get(`/v1/sessions/${await lab.session()}/threads`, { beta: true })
      return String(dataOf(json).length)
    },
  }),
]

const SAY = { type: 'user.message', content: [{ type: 'text', text: 'Answer with the one word: yes' }] }

/** With a message, which costs a call of a model. */
export const AGENT: readonly Question[] = [
  relied({
    name: 'turn',
    ask: 'How does a turn end that was begun by a message?',
    expected: ['a message, then idle with end_turn'],
    otherwise: 'the wait for an answer never ends, or ends without one',
    look: async (lab) => {
      const id = needId(await lab.create(), 'a session')
      await send(lab, id, SAY)
      for (const start = performance.now(); performance.now() - start < WAIT_MS; await sleep(EVERY_MS)) {
        const events = await eventsOf(lab, id)
        const idle = events.findLast((event) => textAt(event, 'type') === 'session.status_idle')
        if (idle === undefined) continue
        const said = typesOf(events).includes('agent.message') ? 'a message' : 'no message'
        return `${said}, then idle with ${textAt(idle, 'stop_reason.type')}`
      }
      return `not within ${WAIT_MS / 1000} s`
    },
  }),
  assumed({
    name: 'running-delete',
    ask: 'What does removing a session at work get?',
    expected: ['400'],
    otherwise: 'nothing: it is interrupted first, or gone',
    look: async (lab) => {
      const id = needId(await lab.create({ initial_events: [SAY] }), 'a session')
      return String((await lab.delete(`/v1/sessions/${id}`)).status)
    },
  }),
]

/** Asked last: limits show only while other questions are asked. */
export const LIMITS: readonly Question[] = [
  assumed({
    name: 'rate-limit',
    ask: 'If a rate limit was met meanwhile, did the refusal say when to come back?',
    expected: ['not met', 'retry-after'],
    otherwise: 'we wait by our own measure, which may be too short or too long',
    look: async (lab) => lab.server.limits,
  }),
  assumed({
    name: 'limit-headers',
    ask: 'Which headers tell how much may still be asked?',
    expected: [],
    otherwise: 'we could slow down before we are refused',
    look: async (lab) => {
      const { headers } = await lab.get('/v1/files', { query: { limit: '1' } })
      const names = [...headers.keys()].filter((name) => /ratelimit|rate-limit/.test(name))
      return names.length === 0 ? 'none' : names.join(' ')
    },
  }),
]
