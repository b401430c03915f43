import type { Applied } from '../apply/applied.ts'

/** Where an archive is unpacked to: the folder that it is mounted in cannot be written to. */
const FOLDER = '/workspace/uploads'

/** The shell command that unpacks the archive on the session; empty if none is mounted. */
export function unpackCommand({ mounted }: Applied): string {
  const archive = mounted.find(({ file }) => file.packed !== undefined)
  if (archive === undefined) return ''
  return `mkdir -p ${FOLDER} && tar -xzf ${inShell(archive.containerPath)} -C ${FOLDER}`
}

function inShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
