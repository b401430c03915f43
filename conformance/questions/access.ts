import { textAt } from '../json.ts'
import { assumed, type Question, relied } from '../question.ts'
import type { Ask } from '../server.ts'

const FILES = '/v1/files'
const NONE = '/v1/files/file_doesnotexist'

/** The status of a list of files, asked in this way. */
const listed =
  (ask: Ask): Question['look'] =>
  async (lab) =>
    String((await lab.get(FILES, { query: { limit: '1' }, ...ask })).status)

/** Who is let in, and how refusals look. */
export const ACCESS: readonly Question[] = [
  relied({
    name: 'key-header',
    ask: 'Is the key taken in x-api-key?',
    expected: ['200'],
    otherwise: 'nothing works with a key',
    look: listed({}),
  }),
  assumed({
    name: 'key-bearer',
    ask: 'Is the key taken as Authorization: Bearer?',
    expected: ['200'],
    otherwise: 'the official SDK cannot use this server with a key; we can',
    look: async (lab) => listed({ headers: { 'x-api-key': undefined, authorization: lab.server.bearer } })(lab),
  }),
  assumed({
    name: 'version-new',
    ask: 'Is anthropic-version 2026-10-21 taken, too?',
    expected: ['200'],
    otherwise: 'the official SDK cannot use this server; we send 2023-06-01',
    look: listed({ headers: { 'anthropic-version': '2026-10-21' } }),
  }),
  assumed({
    name: 'version-missing',
    ask: 'What does a request without anthropic-version get?',
    expected: ['400'],
    otherwise: 'nothing: we always send it',
    look: listed({ headers: { 'anthropic-version': undefined } }),
  }),
  relied({
    name: 'key-wrong',
    ask: 'What does a wrong key get?',
    expected: ['401'],
    otherwise: 'the hint about the key is not given',
    look: listed({ headers: { 'x-api-key': 'sk-ant-nobody' } }),
  }),
  relied({
    name: 'files-without-beta',
    ask: 'Are files listed without any beta header?',
    expected: ['200'],
    otherwise: 'uploads and removals are refused: we send no beta with them',
    look: listed({ headers: { 'anthropic-beta': undefined } }),
  }),
  assumed({
    name: 'sessions-without-beta',
    ask: 'What does a list of sessions get without the beta of managed agents?',
    expected: ['404'],
    otherwise: 'nothing: we always send it',
    look: async (lab) => String((await lab.get('/v1/sessions', { query: { limit: '1' } })).status),
  }),
  relied({
    name: 'refusal-form',
    ask: 'How does the server say that something is not there?',
    expected: ['404 not_found_error'],
    otherwise: 'post does not believe that a thing is gone, and names it as left',
    look: async (lab) => {
      const { status, json, headers } = await lab.get(NONE)
      const type = textAt(json, 'error.type') ?? (headers.get('content-type') ?? 'no type').split(';')[0]
      return `${status} ${type}`
    },
  }),
  assumed({
    name: 'request-id',
    ask: 'Does a refusal name the request in header and body alike?',
    expected: ['the same'],
    otherwise: 'messages may lack the id that support asks for',
    look: async (lab) => {
      const { headers, json } = await lab.get(NONE)
      const id = headers.get('request-id')
      if (id === null) return 'not in the header'
      return id === textAt(json, 'request_id') ? 'the same' : 'another in the body'
    },
  }),
  assumed({
    name: 'workspace',
    ask: 'Does each reply name its workspace?',
    expected: ['named'],
    otherwise: 'the link to the session leads to the workspace "default"',
    look: async (lab) => {
      const { headers } = await lab.get(FILES, { query: { limit: '1' } })
      return headers.has('anthropic-workspace-id') ? 'named' : 'not named'
    },
  }),
]
