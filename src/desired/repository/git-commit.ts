import { createHash } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { GitDir } from './git-dir.ts'
import { readSmallFile } from './small-file.ts'

/** What a commit says of itself. */
export interface Commit {
  readonly parents: readonly string[]
  readonly message: string
}

const unpack = promisify(inflate)

const MAX_COMMIT_BYTES = 1_000_000

/**
 * Reads a commit out of the files of a repository. Undefined when it is not there as an object of its own: packs are not
 * read, GitHub can be asked.
 */
export async function readCommit({ common }: GitDir, sha: string): Promise<Commit | undefined> {
  const file = path.join(common, 'objects', sha.slice(0, 2), sha.slice(2))
  const packed = await readSmallFile(file, MAX_COMMIT_BYTES)
  const object = packed && (await unpack(packed, { maxOutputLength: MAX_COMMIT_BYTES }).catch(() => undefined))
  // Whoever wrote the file has not chosen what it holds, if that gives its name.
  if (
    object === undefined ||
    createHash(sha.length === 40 ? 'sha1' : 'sha256')
      .update(object)
      .digest('hex') !== sha
  )
    return undefined
  const text = object.toString('utf8')
  return text.startsWith('commit ') ? parseCommit(text.slice(text.indexOf('\0') + 1)) : undefined
}

function parseCommit(text: string): Commit {
  const end = text.indexOf('\n\n')
  const header = text.slice(0, end === -1 ? undefined : end).split('\n')
  return {
    parents: header.flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : [])),
    message: end === -1 ? '' : text.slice(end + 2),
  }
}

/**
 * Whether it is a merge that GitHub makes to test a pull request (`refs/pull/1/merge`). It is on no branch, so that no
 * clone has it. GitHub's message names both parents in full; merges that people make do not.
 */
export function isTestMerge({ parents, message }: Commit): boolean {
  const [base, head] = parents
  return parents.length === 2 && message.trim() === `Merge ${head} into ${base}`
}
