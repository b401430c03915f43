import type { Client } from '../api/client.ts'
import { type ListedFile, listFiles } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { CLOCK_SKEW_MS } from './find-session.ts'

/** A workspace may hold any number of files; so many of the newest are looked at, in pages of a thousand. */
const MAX_FILES = 20_000

/**
 * The uploads with these names that were made since a time, as far back as the list of files is worth walking: the newest
 * come first (documented), and where that is seen to be so, the walk ends at that time. @throws ApiError, Interrupted
 */
export async function findUploads(
  client: Client,
  names: ReadonlySet<string>,
  since: Date,
): Promise<readonly ListedFile[]> {
  const found: ListedFile[] = []
  const begin = since.getTime() - CLOCK_SKEW_MS
  let previous = Number.POSITIVE_INFINITY
  let isDescending = true
  let seen = 0
  for await (const file of itemsOf((page) => listFiles(client, { page }))) {
    const time = Date.parse(file.created_at ?? '')
    isDescending &&= time <= previous
    previous = time
    if (++seen > MAX_FILES || (isDescending && time < begin)) break
    // A session's copy goes with what is mounted; a time that is not told may be any.
    const isUpload = file.scope === undefined || file.scope === null
    if (isUpload && !(time < begin) && names.has(file.filename ?? '')) found.push(file)
  }
  return found
}
