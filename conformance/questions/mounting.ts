import { at, dataOf, idsOf, textAt } from '../json.ts'
import { type Lab, needId } from '../lab.ts'
import { assumed, type Question, relied } from '../question.ts'
import { lagOf } from './files.ts'

async function resourcesOf(lab: Lab): Promise<unknown> {
  return (await lab.get(`/v1/sessions/${await lab.session()}/resources`, { beta: true })).json
}

/** Adding and removing on a session that exists, and the copies that it has. */
export const MOUNTING: readonly Question[] = [
  assumed({
    name: 'add-answer',
    ask: 'With which status does adding a file answer?',
    expected: ['200'],
    otherwise: 'nothing: every 2xx is taken',
    look: async (lab) => String((await lab.mount('/answer/a.txt')).status),
  }),
  assumed({
    name: 'add-together',
    ask: 'What do two adds at once to one session get?',
    expected: ['200 and 200', '201 and 201'],
    otherwise: 'adds go one at a time once one is refused, so that mounting takes longer',
    look: async (lab) => {
      await Promise.all([lab.file(), lab.session()])
      const both = await Promise.all([lab.mount('/together/a.txt'), lab.mount('/together/b.txt')])
      return both
        .map(({ status }) => status)
        .sort()
        .join(' and ')
    },
  }),
  assumed({
    name: 'add-repository',
    ask: 'What does adding a repository to a session that exists get?',
    expected: ['400'],
    otherwise: 'we refuse what this server could do',
    look: async (lab) => {
      const repository = { type: 'github_repository', url: 'https://github.com/octocat/Hello-World' }
      return String((await lab.add(await lab.session(), repository)).status)
    },
  }),
  assumed({
    name: 'add-unknown',
    ask: 'What does adding a file that is not there get?',
    expected: ['404', '400'],
    otherwise: 'a file that vanished in between is mounted as nothing',
    look: async (lab) =>
      String((await lab.add(await lab.session(), { type: 'file', file_id: 'file_doesnotexist' })).status),
  }),
  assumed({
    name: 'resources-lag',
    ask: 'When does a mounted file show up on the list of resources?',
    expected: ['at once'],
    otherwise: 'after a lost reply we wait and look again',
    look: async (lab) => {
      const { resourceId } = await lab.mount('/lag/a.txt')
      return lagOf(async () => idsOf(await resourcesOf(lab)).includes(resourceId))
    },
  }),
  relied({
    name: 'copy-name',
    ask: "Does a session's copy bear the name of the upload?",
    expected: ['the same'],
    otherwise: 'the next run cannot tell what is unchanged, and sends everything anew',
    look: async (lab) => {
      const { fileId } = await lab.mount('/copy/a.txt')
      const { status, json } = await lab.get(`/v1/files/${fileId}`)
      if (status !== 200) return String(status)
      return textAt(json, 'filename') === `${lab.mark}-shared.txt` ? 'the same' : String(at(json, 'filename'))
    },
  }),
  assumed({
    name: 'copy-id',
    ask: "Has a session's copy an id of its own?",
    expected: ['another id'],
    otherwise: 'removing the upload takes the mounted file along',
    look: async (lab) => ((await lab.mount('/own/a.txt')).fileId === (await lab.file()) ? 'the same id' : 'another id'),
  }),
  relied({
    name: 'files-of-session',
    ask: 'Which files does a list by scope_id show?',
    expected: ['its own'],
    otherwise: 'downloads may hold what other sessions made, or nothing',
    look: async (lab) => {
      const { status, files, sessionId } = await filesOfSession(lab, '/scope/a.txt')
      if (status !== 200) return String(status)
      if (files.length === 0) return 'none'
      return files.every((file) => scopeOf(file) === sessionId) ? 'its own' : 'others as well, or it does not say'
    },
  }),
  assumed({
    name: 'scope-form',
    ask: 'How does a file say whose it is?',
    expected: ['scope.id'],
    otherwise: 'nothing: a plain scope_id is read, too',
    look: async (lab) => {
      const { files } = await filesOfSession(lab, '/form/a.txt')
      return ['scope.id', 'scope_id'].find((path) => textAt(files[0], path) !== undefined) ?? 'not at all'
    },
  }),
  relied({
    name: 'original-removed',
    ask: 'What becomes of a mounted file when the upload is removed?',
    expected: ['it stays'],
    otherwise: 'post takes the files from under a session that is to keep them',
    look: async (lab) => {
      const file_id = needId(await lab.upload('original.txt'), 'an upload')
      const { json } = await lab.add(await lab.session(), { type: 'file', file_id, mount_path: '/original/a.txt' })
      await lab.delete(`/v1/files/${file_id}`)
      const copy = await lab.get(`/v1/files/${textAt(json, 'file_id')}`)
      const path = `/v1/sessions/${await lab.session()}/resources/${textAt(json, 'id')}`
      const { status } = await lab.get(path, { beta: true })
      return copy.status === 200 && status === 200 ? 'it stays' : 'it goes'
    },
  }),
  relied({
    name: 'resource-delete',
    ask: 'What does removing a mounted file answer, and removing it again?',
    expected: ['200, then 404'],
    otherwise: 'post cannot tell what is removed from what is not',
    look: async (lab) => {
      const path = `/v1/sessions/${await lab.session()}/resources/${(await lab.mount('/removed/a.txt')).resourceId}`
      return `${(await lab.delete(path)).status}, then ${(await lab.delete(path)).status}`
    },
  }),
  assumed({
    name: 'resource-delete-type',
    ask: 'As what does a removal answer?',
    expected: ['session_resource_deleted'],
    otherwise: 'nothing: the answer is not read',
    look: async (lab) => {
      const path = `/v1/sessions/${await lab.session()}/resources/${(await lab.mount('/type/a.txt')).resourceId}`
      return textAt((await lab.delete(path)).json, 'type') ?? 'nothing'
    },
  }),
  assumed({
    name: 'copy-after-removal',
    ask: 'Is the copy there still, once it is mounted no more?',
    expected: [],
    otherwise: 'copies pile up in sessions that live long, if it is',
    look: async (lab) => {
      const { resourceId, fileId } = await lab.mount('/after/a.txt')
      await lab.delete(`/v1/sessions/${await lab.session()}/resources/${resourceId}`)
      return (await lab.get(`/v1/files/${fileId}`)).status === 200 ? 'there' : 'gone'
    },
  }),
]

const scopeOf = (file: unknown): string | undefined => textAt(file, 'scope.id') ?? textAt(file, 'scope_id')

async function filesOfSession(lab: Lab, path: string) {
  const { fileId } = await lab.mount(path)
  const sessionId = await lab.session()
  const list = () => lab.get('/v1/files', { beta: true, query: { scope_id: sessionId, limit: '100' } })
  await lagOf(async () => {
    const { status, json } = await list()
    return status !== 200 || idsOf(json).includes(fileId)
  })
  const { status, json } = await list()
  return { status, files: dataOf(json), sessionId }
}
