import path from 'node:path'
import type { DesiredFile, Member } from '../files/desired-file.ts'

/** What the archive is called. */
export const ARCHIVE_NAME = 'files.tar.gz'

/**
 * What an archive of these files holds, in the order of the files. A link whose target is packed too stays a link; any
 * other is packed as the file that it leads to, since there would be nothing at its end.
 */
export function membersOf(files: readonly DesiredFile[]): readonly Member[] {
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
