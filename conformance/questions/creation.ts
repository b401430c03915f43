import { textAt } from '../json.ts'
import type { Lab } from '../lab.ts'
import { assumed, type Question, relied } from '../question.ts'

const TOO_MANY = 501

async function created(lab: Lab, more: object): Promise<string> {
  return String((await lab.create(more)).status)
}

const pairs = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'x']))

/** What a session is created with. */
export const CREATION: readonly Question[] = [
  assumed({
    name: 'create',
    ask: 'With which status is a session created?',
    expected: ['200'],
    otherwise: 'nothing: every 2xx is taken',
    look: async (lab) => created(lab, {}),
  }),
  assumed({
    name: 'ids',
    ask: 'How do the ids of a file, a session and a resource begin?',
    expected: ['file_ sesn_ sesrsc_'],
    otherwise: 'nothing: ids are taken as they come',
    look: async (lab) => {
      const ids = [await lab.file(), await lab.session(), (await lab.mount('/ids/a.txt')).resourceId]
      return ids.map((id) => /^[a-z]+[_-]/i.exec(id)?.[0] ?? 'otherwise').join(' ')
    },
  }),
  relied({
    name: 'metadata',
    ask: 'Are the metadata that a session is created with kept?',
    expected: ['kept'],
    otherwise:
      'a session whose reply was lost is not found again, a sweep finds nothing, and unmount takes a session of its own run for a stranger’s',
    look: async (lab) => {
      const { json } = await lab.get(`/v1/sessions/${await lab.session()}`, { beta: true })
      return textAt(json, 'metadata.conformance') === lab.mark ? 'kept' : 'not kept'
    },
  }),
  assumed({
    name: 'metadata-16',
    ask: 'What do 16 pairs of metadata get, and 17?',
    expected: ['200, then 400', '201, then 400'],
    otherwise: 'our own limit is another than theirs',
    look: async (lab) =>
      `${await created(lab, { metadata: pairs(16) })}, then ${await created(lab, { metadata: pairs(17) })}`,
  }),
  assumed({
    name: 'unknown-agent',
    ask: 'What does a session of an unknown agent get?',
    expected: ['404', '400'],
    otherwise: 'a wrong agent-id is noticed late, or never',
    look: async (lab) => created(lab, { agent: 'agent_doesnotexist' }),
  }),
  assumed({
    name: 'unknown-environment',
    ask: 'What does a session in an unknown environment get?',
    expected: ['404', '400'],
    otherwise: 'a wrong environment-id is noticed late, or never',
    look: async (lab) => created(lab, { environment_id: 'env_doesnotexist' }),
  }),
  assumed({
    name: 'unknown-vault',
    ask: 'What does a session with an unknown vault get?',
    expected: ['404', '400'],
    otherwise: 'a wrong vault-ids is noticed late, or never',
    look: async (lab) => created(lab, { vault_ids: ['vlt_doesnotexist'] }),
  }),
  assumed({
    name: 'unknown-file',
    ask: 'What does a session with a file that is not there get?',
    expected: ['404', '400'],
    otherwise:
      'a file that vanished in between is missing; we then fail, since not all files are where they were asked for',
    look: async (lab) =>
      created(lab, { resources: [{ type: 'file', file_id: 'file_doesnotexist', mount_path: '/a.txt' }] }),
  }),
  assumed({
    name: 'unknown-field',
    ask: 'What does a session with a field that nobody knows get?',
    expected: ['400'],
    otherwise: 'nothing: we send none',
    look: async (lab) => created(lab, { no_such_field: true }),
  }),
  assumed({
    name: 'resources-501',
    ask: 'What does a session with 501 files get?',
    expected: ['400', '413', '422'],
    otherwise: 'the default of max-resources can be raised',
    look: async (lab) => {
      const file_id = await lab.file()
      const resources = Array.from({ length: TOO_MANY }, (_, index) => ({
        ...{ type: 'file', file_id, mount_path: `/many/${index}.txt` },
      }))
      return created(lab, { resources })
    },
  }),
  assumed({
    name: 'repository',
    ask: 'What does a session with a public repository get, without a token, and with two of them?',
    expected: ['200, then 200', '201, then 201'],
    otherwise: 'a repository needs a token, or is the only one',
    look: async (lab) => {
      const of = (name: string) => ({ type: 'github_repository', url: `https://github.com/octocat/${name}` })
      const both = [of('Hello-World'), of('Spoon-Knife')]
      return `${await created(lab, { resources: both.slice(0, 1) })}, then ${await created(lab, { resources: both })}`
    },
  }),
  assumed({
    name: 'repository-removal',
    ask: 'What does removing a repository from a session get?',
    expected: [],
    otherwise: 'repositories could be exchanged on a session that lives on, if it works',
    look: async (lab) => {
      const repository = { type: 'github_repository', url: 'https://github.com/octocat/Hello-World' }
      const { json } = await lab.create({ resources: [repository] })
      const [id, resource] = [textAt(json, 'id'), textAt(json, 'resources.0.id')]
      if (resource === undefined) return 'it has no id'
      return String((await lab.delete(`/v1/sessions/${id}/resources/${resource}`)).status)
    },
  }),
  relied({
    name: 'new-is-idle',
    ask: 'How does a session stand that was told nothing?',
    expected: ['idle'],
    otherwise: 'we wait for a turn that nobody has begun',
    look: async (lab) => textAt((await lab.create()).json, 'status') ?? 'it does not say',
  }),
]

/** Asked where a vault is named. */
export const VAULT: readonly Question[] = [
  relied({
    name: 'vault',
    ask: 'Is a session with the vault created?',
    expected: ['200', '201'],
    otherwise: 'vault-ids does not work',
    look: async (lab) => created(lab, { vault_ids: [lab.target.vault] }),
  }),
]
