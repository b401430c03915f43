import { setTimeout as sleep } from 'node:timers/promises'
import { at, dataOf, idsOf, textAt } from '../json.ts'
import { type Lab, needId } from '../lab.ts'
import { assumed, type Question, relied } from '../question.ts'
import type { Reply } from '../server.ts'

const LAG_STEP_MS = 500
const MAX_LAG_MS = 8_000

/** How long after it was made a thing shows up on a list, as far as that is worth waiting for. */
export async function lagOf(isListed: () => Promise<boolean>): Promise<string> {
  if (await isListed()) return 'at once'
  const start = performance.now()
  while (performance.now() - start < MAX_LAG_MS) {
    await sleep(LAG_STEP_MS)
    if (await isListed()) return 'later'
  }
  return `not within ${MAX_LAG_MS / 1000} s`
}

/** What comes behind the first page of a list of which two are there. */
export async function pageAfter(list: (query: { readonly page?: string }) => Promise<Reply>): Promise<string> {
  const first = await list({})
  const page = textAt(first.json, 'next_page')
  if (page === undefined) return 'no next_page'
  return idsOf((await list({ page })).json)[0] === idsOf(first.json)[0] ? 'the same page again' : 'it goes on'
}

/** The status of an upload and what it was stored as. */
async function stored(lab: Lab, name: string, content: string, field: string): Promise<string> {
  const { status, json } = await lab.upload(name, content)
  return status === 200 ? `200, ${String(at(json, field))}` : String(status)
}

/** The status of an upload with this name, and whether it kept it. */
async function named(lab: Lab, name: string, kept = name): Promise<string> {
  const { status, json } = await lab.uploadAs(name)
  if (status !== 200) return String(status)
  return textAt(json, 'filename') === kept ? '200, kept' : '200, another name'
}

/** Letters that a Unicode normalization would make one of. */
const DECOMPOSED = 'e\u0301.txt'

export const FILES: readonly Question[] = [
  relied({
    name: 'upload',
    ask: 'What does an upload of five bytes answer as their number?',
    expected: ['200, 5'],
    otherwise: 'the step fails: it takes the file for cut',
    look: (lab) => stored(lab, 'five.txt', 'hello', 'size_bytes'),
  }),
  relied({
    name: 'upload-empty',
    ask: 'What does an upload of no bytes get?',
    expected: ['200, 0'],
    otherwise: 'empty files cannot be mounted',
    look: (lab) => stored(lab, 'empty.txt', '', 'size_bytes'),
  }),
  relied({
    name: 'name-255',
    ask: 'Is a name of 255 characters kept?',
    expected: ['200, kept'],
    otherwise: 'our names, which can be so long, are refused, or tell nothing to the next run',
    look: (lab) => named(lab, `${'n'.repeat(251)}.txt`),
  }),
  relied({
    name: 'name-unicode',
    ask: 'Is a name of 255 bytes outside ASCII kept?',
    expected: ['200, kept'],
    otherwise: 'files with such names are not known again by the next run',
    look: (lab) => named(lab, 'ü'.repeat(127)),
  }),
  assumed({
    name: 'name-256',
    ask: 'What does a name of 256 characters get?',
    expected: ['400'],
    otherwise: 'nothing: ours are shorter',
    look: (lab) => named(lab, 'n'.repeat(256)),
  }),
  assumed({
    name: 'name-colon',
    ask: 'What does a name with a colon get?',
    expected: ['400'],
    otherwise: 'nothing: we send none',
    look: (lab) => named(lab, 'a:b.txt'),
  }),
  assumed({
    name: 'name-decomposed',
    ask: 'Is a name with a decomposed letter kept as it was sent?',
    expected: [],
    otherwise: 'files with such names are sent anew by each run, if it is not',
    look: (lab) => named(lab, DECOMPOSED),
  }),
  relied({
    name: 'expiry',
    ask: 'Does an upload with expires_in_seconds of 3600 end in an hour?',
    expected: ['in an hour'],
    otherwise: 'uploads of a runner that died stay for ever',
    look: async (lab) => {
      const { json } = await lab.upload('hour.txt')
      const lifetime = Date.parse(textAt(json, 'expires_at') ?? '') - Date.parse(textAt(json, 'created_at') ?? '')
      if (Number.isNaN(lifetime)) return 'it does not say'
      return Math.abs(lifetime - 3_600_000) < 60_000 ? 'in an hour' : 'at another time'
    },
  }),
  assumed({
    name: 'expiry-short',
    ask: 'What does an expiry of a minute get?',
    expected: ['400'],
    otherwise: 'nothing: an hour is the least that we take',
    look: async (lab) => String((await lab.upload('minute.txt', 'x', { expires_in_seconds: '60' })).status),
  }),
  assumed({
    name: 'content-of-upload',
    ask: 'What does the content of an upload get?',
    expected: ['400'],
    otherwise: 'nothing: we download only what an agent made',
    look: async (lab) => String((await lab.get(`/v1/files/${await lab.file()}/content`)).status),
  }),
  assumed({
    name: 'files-lag',
    ask: 'When does an upload show up on the list of files?',
    expected: ['at once'],
    otherwise: 'after a lost reply we wait and look again; what shows up later than that stays until its expiry',
    look: async (lab) => {
      const id = needId(await lab.upload('lag.txt'), 'an upload')
      return lagOf(async () => idsOf((await lab.get('/v1/files', { query: { limit: '20' } })).json).includes(id))
    },
  }),
  relied({
    name: 'files-pages',
    ask: 'Does a list of files go on with next_page?',
    expected: ['it goes on'],
    otherwise: 'of a long list only the first page is seen',
    look: async (lab) => {
      await lab.file()
      await lab.upload('page.txt')
      return pageAfter((page) => lab.get('/v1/files', { query: { limit: '1', ...page } }))
    },
  }),
  assumed({
    name: 'files-order',
    ask: 'In which order are files listed?',
    expected: ['newest first'],
    otherwise: 'a lost upload is looked for on the whole list, not only at its beginning',
    look: async (lab) => {
      const { json } = await lab.get('/v1/files', { query: { limit: '5' } })
      const times = dataOf(json).map((file) => Date.parse(textAt(file, 'created_at') ?? ''))
      return times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0)) ? 'newest first' : 'another'
    },
  }),
  assumed({
    name: 'files-ids',
    ask: 'Which files does a list by ids show, of one that is there and one that is not?',
    expected: ['the one that is there'],
    otherwise: 'names are asked for one by one',
    look: async (lab) => {
      await lab.upload('other.txt')
      const id = await lab.file()
      const reply = await lab.get('/v1/files', { query: { ids: [id, 'file_doesnotexist'] } })
      if (reply.status !== 200) return String(reply.status)
      const ids = idsOf(reply.json)
      return ids.length === 1 && ids[0] === id ? 'the one that is there' : `${ids.length === 0 ? 'none' : 'others'}`
    },
  }),
  relied({
    name: 'file-delete',
    ask: 'What does removing an upload answer, and removing it again?',
    expected: ['200, then 404'],
    otherwise: 'post cannot tell what is removed from what is not',
    look: async (lab) => {
      const path = `/v1/files/${needId(await lab.upload('gone.txt'), 'an upload')}`
      return `${(await lab.delete(path)).status}, then ${(await lab.delete(path)).status}`
    },
  }),
  assumed({
    name: 'idempotency',
    ask: 'How many files do two uploads with the same Idempotency-Key make?',
    expected: [],
    otherwise: 'one would mean that a lost upload could be repeated without a trace',
    look: async (lab) => {
      const send = async () => {
        const form = new FormData()
        form.append('file', new File(['x'], `${lab.mark}-twice.txt`))
        form.append('expires_in_seconds', '3600')
        return lab.server.ask('POST', '/v1/files', { form, headers: { 'idempotency-key': lab.mark } })
      }
      const ids = new Set([needId(await send(), 'an upload'), needId(await send(), 'an upload')])
      for (const id of ids) await lab.delete(`/v1/files/${id}`)
      return String(ids.size)
    },
  }),
]
