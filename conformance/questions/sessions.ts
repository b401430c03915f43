import { at, dataOf, textAt } from '../json.ts'
import { type Lab, needId } from '../lab.ts'
import { assumed, type Question, relied } from '../question.ts'
import { lagOf, pageAfter } from './files.ts'

async function listed(lab: Lab, query: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const { agent } = lab.target
  const reply = await lab.get('/v1/sessions', { beta: true, query: { agent_id: agent, limit: '20', ...query } })
  if (reply.status !== 200) throw new Error(`the list of sessions answered ${reply.status}`)
  return dataOf(reply.json)
}

async function archived(lab: Lab): Promise<string> {
  const id = needId(await lab.create(), 'a session')
  await lab.server.ask('POST', `/v1/sessions/${id}/archive`, { beta: true, json: {} })
  return id
}

/** Sessions that are there: how they are shown, listed and ended. */
export const SESSIONS: readonly Question[] = [
  assumed({
    name: 'updated-at',
    ask: 'Has a session updated_at?',
    expected: ['yes'],
    otherwise: 'nothing: it is not read',
    look: async (lab) => {
      const { json } = await lab.get(`/v1/sessions/${await lab.session()}`, { beta: true })
      return textAt(json, 'updated_at') === undefined ? 'no' : 'yes'
    },
  }),
  assumed({
    name: 'session-shows-resources',
    ask: 'Does a session show what is mounted on it?',
    expected: ['yes'],
    otherwise: 'nothing: the list of resources is asked for',
    look: async (lab) => {
      await lab.mount('/shown/a.txt')
      const { json } = await lab.get(`/v1/sessions/${await lab.session()}`, { beta: true })
      return at(json, 'resources.0') === undefined ? 'no' : 'yes'
    },
  }),
  assumed({
    name: 'sessions-lag',
    ask: 'When does a new session show up on the list?',
    expected: ['at once'],
    otherwise: 'two jobs that start at once may both create the session of a name; each looks again later',
    look: async (lab) => {
      const id = needId(await lab.create(), 'a session')
      return lagOf(async () => (await listed(lab, {})).some((each) => textAt(each, 'id') === id))
    },
  }),
  relied({
    name: 'sessions-of-agent',
    ask: 'Does a list of sessions by agent_id leave out those of others?',
    expected: ['yes'],
    otherwise: 'a session-name may mean the session of another agent',
    look: async (lab) => {
      await lab.session()
      const other = await listed(lab, { agent_id: 'agent_doesnotexist' })
      return other.length === 0 ? 'yes' : 'no'
    },
  }),
  relied({
    name: 'sessions-pages',
    ask: 'Does a list of sessions go on with next_page?',
    expected: ['it goes on'],
    otherwise: 'of a long list only the first page is seen, so that a session-name may be made twice',
    look: async (lab) => {
      await Promise.all([lab.session(), lab.create()])
      return pageAfter((page) => lab.get('/v1/sessions', { beta: true, query: { limit: '1', ...page } }))
    },
  }),
  assumed({
    name: 'sessions-order',
    ask: 'Does order=asc list the oldest session first?',
    expected: ['yes'],
    otherwise: 'the whole list is read to find the oldest of a name',
    look: async (lab) => {
      await Promise.all([lab.create(), lab.create()])
      const times = (await listed(lab, { order: 'asc' })).map((each) => Date.parse(textAt(each, 'created_at') ?? ''))
      return times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)) ? 'yes' : 'no'
    },
  }),
  assumed({
    name: 'sessions-since',
    ask: 'Does a list of sessions obey created_at[gte]?',
    expected: ['yes'],
    otherwise: 'the whole list is read after a lost reply',
    look: async (lab) => {
      await lab.session()
      return (await listed(lab, { 'created_at[gte]': '2999-01-01T00:00:00Z' })).length === 0 ? 'yes' : 'no'
    },
  }),
  assumed({
    name: 'vault-later',
    ask: 'What does a change of vault_ids get?',
    expected: ['400'],
    otherwise: 'vaults could be changed on a session that lives on',
    look: async (lab) => {
      const json = { vault_ids: [] }
      return String((await lab.server.ask('POST', `/v1/sessions/${await lab.session()}`, { beta: true, json })).status)
    },
  }),
  assumed({
    name: 'archived-add',
    ask: 'What does adding a file to an archived session get?',
    expected: ['400', '409'],
    otherwise: 'we refuse what this server could do',
    look: async (lab) => {
      const [id, file_id] = [await archived(lab), await lab.file()]
      return String((await lab.add(id, { type: 'file', file_id })).status)
    },
  }),
  assumed({
    name: 'archive-twice',
    ask: 'What does archiving an archived session get?',
    expected: ['200', '400', '404', '409'],
    otherwise: 'post takes it for a failure',
    look: async (lab) => {
      const path = `/v1/sessions/${await archived(lab)}/archive`
      return String((await lab.server.ask('POST', path, { beta: true, json: {} })).status)
    },
  }),
  relied({
    name: 'session-delete',
    ask: 'What does removing a session answer, and removing it again?',
    expected: ['200, then 404'],
    otherwise: 'post cannot tell what is removed from what is not',
    look: async (lab) => {
      const path = `/v1/sessions/${needId(await lab.create(), 'a session')}`
      return `${(await lab.delete(path)).status}, then ${(await lab.delete(path)).status}`
    },
  }),
  relied({
    name: 'session-delete-copies',
    ask: 'What becomes of the mounted copies when a session is removed?',
    expected: ['gone'],
    otherwise: 'what was mounted stays in the workspace',
    look: async (lab) => {
      const file_id = await lab.file()
      const { json } = await lab.create({ resources: [{ type: 'file', file_id, mount_path: '/a.txt' }] })
      await lab.delete(`/v1/sessions/${textAt(json, 'id')}`)
      return (await lab.get(`/v1/files/${textAt(json, 'resources.0.file_id')}`)).status === 404 ? 'gone' : 'there'
    },
  }),
]
