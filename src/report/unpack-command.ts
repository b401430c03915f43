import type { Applied } from '../apply/applied.ts'
import { shellQuoted } from '../text/shell.ts'

/** Where an archive is unpacked to: the folder that it is mounted in cannot be written to. */
const FOLDER = '/workspace/uploads'

/** The shell command that unpacks the archive on the session; empty if none is mounted. */
export function unpackCommand({ mounted }: Applied): string {
  const archive = mounted.find(({ file }) => file.packed !== undefined)
  if (archive === undefined) return ''
  return `mkdir -p ${FOLDER} && tar -xzf ${shellQuoted(archive.containerPath)} -C ${FOLDER}`
}
