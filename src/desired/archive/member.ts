import { createHash } from 'node:crypto'
import path from 'node:path'
import { count, formatBytes } from '../../text/format.ts'
import type { Member } from '../files/desired-file.ts'
import type { PlacedFile } from '../files/place.ts'

/** What the archive is called. */
export const ARCHIVE_NAME = 'files.tar.gz'

/** As git keeps modes, so that a umask does not show. */
export const MODE = { plain: 0o644, executable: 0o755, link: 0o777 } as const

/** Another one makes all archives new. */
const FORMAT = 'session-mount archive 1'

/**
 * What an archive of these files holds, in the order of the files. A link whose target is packed too stays a link; any
 * other is packed as the file that it leads to, since there would be nothing at its end.
 */
export function membersOf<File extends PlacedFile>(files: readonly File[]): readonly Member<File>[] {
  const targets = new Map<string, string>()
  for (const file of files) {
    if (!file.isLink && !targets.has(file.realPath)) targets.set(file.realPath, file.mountPath)
  }
  return files.map((file) => {
    const target = file.isLink ? targets.get(file.realPath) : undefined
    const linkTo = target === undefined ? undefined : path.posix.relative(path.posix.dirname(file.mountPath), target)
    return { name: file.mountPath.slice(1), file, linkTo }
  })
}

export function modeOf({ isExecutable }: PlacedFile): number {
  return isExecutable ? MODE.executable : MODE.plain
}

/** In bytes, unpacked. */
export function unpackedSize(members: readonly Member<PlacedFile>[]): number {
  return members.reduce((sum, { file, linkTo }) => sum + (linkTo === undefined ? Number(file.version.size) : 0), 0)
}

/** For messages: `2 files (3.1 KB)`. */
export function membersText(members: readonly Member<PlacedFile>[]): string {
  return `${count(members.length, 'file')} (${formatBytes(unpackedSize(members))})`
}

/** The SHA-256 of what is in an archive. Of its own bytes it would change with the version of zlib, and be known late. */
export function membersHash(members: readonly Member[]): string {
  const hash = createHash('sha256').update(FORMAT)
  for (const { name, file, linkTo } of members) {
    const content = linkTo === undefined ? [modeOf(file), file.size, file.sha256] : [linkTo]
    hash.update(JSON.stringify([name, ...content]))
  }
  return hash.digest('hex')
}
