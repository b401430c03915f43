import type { Client } from '../api/client.ts'
import { listFiles, type StoredFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { CLOCK_SKEW_MS } from './find-session.ts'
import { toldName } from './mounted-files.ts'

/** A workspace may hold any number of files; so many of the newest are looked at, in pages of a thousand. */
const MAX_FILES = 20_000

export interface FoundUploads {
  readonly files: readonly StoredFile[]
  /** False where the list is too long, or does not tell the names. */
  readonly isComplete: boolean
}

/**
 * The uploads with such names that were made since a time, as far back as the list of files is worth walking: the
 * newest come first (documented), and where that is seen to be so, the walk ends at that time.
 * @throws ApiError, Interrupted
 */
export async function findUploads(
  client: Client,
  isWanted: (name: string) => boolean,
  since: Date,
): Promise<FoundUploads> {
  const files: StoredFile[] = []
  const begin = since.getTime() - CLOCK_SKEW_MS
  let previous = Number.POSITIVE_INFINITY
  let isDescending = true
  let seen = 0
  let [hasUploads, hasNames] = [false, false]
  for await (const file of itemsOf(listFiles(client))) {
    const time = Date.parse(file.created_at ?? '')
    isDescending &&= time <= previous
    previous = time
    if (isDescending && time < begin) break
    if (++seen > MAX_FILES) return { files, isComplete: false }
    // A session's copy goes with what is mounted; a time that is not told may be any.
    const isUpload = file.scope === undefined || file.scope === null
    if (!isUpload || time < begin) continue
    const name = toldName(file)
    hasUploads = true
    hasNames ||= name !== undefined
    if (name !== undefined && isWanted(name)) files.push(file)
  }
  return { files, isComplete: hasNames || !hasUploads }
}
