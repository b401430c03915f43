import { setTimeout as sleep } from 'node:timers/promises'
import { dataOf, textAt } from './json.ts'
import type { Lab } from './lab.ts'

const PAGE = '100'
const ATTEMPTS = 10
const PAUSE_MS = 500

/** Removes everything that bears the lab's mark, also what a lost reply has made. Resolves to what could not be removed. */
export async function clean(lab: Lab): Promise<readonly string[]> {
  lab.server.beginCleaning()
  const { sessions, files } = lab.made()
  const strays = await Promise.all([strayIds(lab, 'sessions'), strayIds(lab, 'files')]).catch(() => [[], []] as const)
  const left: string[] = []
  for (const id of new Set([...sessions, ...strays[0]]))
    if (!(await endSession(lab, id).catch(() => false))) left.push(`session ${id}`)
  for (const id of new Set([...files, ...strays[1]]))
    if (!(await removeFile(lab, id).catch(() => false))) left.push(`file ${id}`)
  return left
}

/** What the newest page of a list shows of ours. */
async function strayIds(lab: Lab, what: 'sessions' | 'files'): Promise<readonly string[]> {
  const query = what === 'sessions' ? { agent_id: lab.target.agent, limit: PAGE } : { limit: PAGE }
  const { json } = await lab.get(`/v1/${what}`, { beta: what === 'sessions', query })
  return dataOf(json).flatMap((each) => {
    const name = textAt(each, what === 'sessions' ? 'title' : 'filename') ?? ''
    const isCopy = textAt(each, 'scope.id') !== undefined || textAt(each, 'scope_id') !== undefined
    return name.startsWith(lab.mark) && !isCopy ? (textAt(each, 'id') ?? []) : []
  })
}

/** A session at work is interrupted first. */
async function endSession(lab: Lab, id: string): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { status } = await lab.delete(`/v1/sessions/${id}`)
    if (isGone(status)) return true
    if (status === 401 || status === 403) return false
    if (attempt === 1)
      await lab.server.ask('POST', `/v1/sessions/${id}/events`, {
        ...{ beta: true, json: { events: [{ type: 'user.interrupt' }] } },
      })
    await sleep(PAUSE_MS)
  }
  return false
}

const isGone = (status: number): boolean => status < 300 || status === 404

const removeFile = async (lab: Lab, id: string): Promise<boolean> =>
  isGone((await lab.delete(`/v1/files/${id}`)).status)
