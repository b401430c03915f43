import path from 'node:path'
import type { Applied } from '../apply/applied.ts'
import { shellQuoted } from '../text/shell.ts'

/** Archives are unpacked here: the folder that they are mounted in is read-only. */
const FOLDER = '/workspace/uploads'

/** The shell command that unpacks the archive on the session; undefined if none is mounted. */
export function unpackCommand({ mounted }: Pick<Applied, 'mounted'>): string | undefined {
  const archive = mounted.find(({ file }) => file.packed !== undefined)
  if (archive === undefined) return undefined
  // What an earlier archive brought and this one does not must not stay; other jobs' folders must.
  const own = shellQuoted(path.posix.join(FOLDER, path.posix.dirname(archive.file.mountPath)).replace(/\/$/, ''))
  return `rm -rf ${own} && mkdir -p ${FOLDER} && tar -xzf ${shellQuoted(archive.containerPath)} -C ${FOLDER}`
}
