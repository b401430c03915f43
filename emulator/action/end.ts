import { rmSync } from 'node:fs'
import { getState, info, setFailed, warning } from '@actions/core'
import type { JournalEntry } from '../http/journal.ts'
import type { Snapshot } from '../snapshot.ts'

/** Post: prints what the emulator was asked and what is left on it, and ends it. */
export async function end(): Promise<void> {
  const url = getState('url')
  // Main has failed, and said why.
  if (url === '') return
  const credentialsFile = getState('credentialsFile')
  if (credentialsFile !== '') rmSync(credentialsFile, { force: true })
  const failIfLeft = getState('failIfLeft') === 'true'
  const held = await ask(url).catch(() => undefined)
  if (held === undefined) {
    const tell = failIfLeft ? setFailed : warning
    return tell('The emulator does not answer; it ended before this step')
  }
  info('The emulator was asked:')
  for (const line of requestLines(held.journal)) info(`  ${line}`)
  const left = leftOn(held.snapshot)
  const tell = failIfLeft ? setFailed : info
  if (left.length === 0) info('Nothing is left on the emulator')
  else tell(`Left on the emulator: ${left.join(', ')}`)
  await fetch(`${url}/_emulator/close`, { method: 'POST' })
}

interface Held {
  readonly journal: readonly JournalEntry[]
  readonly snapshot: Snapshot
}

async function ask(url: string): Promise<Held> {
  const read = async (what: string) => (await fetch(`${url}/_emulator/${what}`)).json()
  return { journal: await read('journal'), snapshot: await read('snapshot') } as Held
}

/** Requests that differ only in ids and queries are one line, in the order of the first. */
function requestLines(journal: readonly JournalEntry[]): readonly string[] {
  const kinds = Map.groupBy(journal, ({ method, path, status, fault }) => {
    const kind = path.replaceAll(/\b([a-z]+)[_-]01\w+/g, '{$1}')
    return `${method} ${kind}: ${status ?? 'no answer'}${fault === undefined ? '' : ` (fault: ${fault})`}`
  })
  return [...kinds].map(([kind, entries]) => `${String(entries.length).padStart(4)} × ${kind}`)
}

/** Sessions and uploads; the copies and outputs of a session go with it. */
function leftOn({ sessions, files }: Snapshot): readonly string[] {
  const uploads = files.filter(({ origin }) => origin === 'upload')
  return [
    ...sessions.map(({ id, status }) => `session ${id} (${status})`),
    ...uploads.map(({ id, filename }) => `upload ${id} (${filename})`),
  ]
}
