import path from 'node:path'
import { ARCHIVE_NAME } from '../desired/archive/member.ts'
import type { Desired } from '../desired/desire.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import { isRemovedByItsRun } from '../desired/files/upload-mark.ts'
import { isUploadNameFor, isUploadNameOf } from '../desired/files/upload-name.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import { isSameOrAbove } from '../paths/mount-path.ts'
import { quote } from '../text/escape.ts'
import { count, truncateList } from '../text/format.ts'

/**
 * What it means that a file of this action stands where another one is wanted: one of an earlier run is to `replace`;
 * one that another job mounts at this very time, to `refuse`.
 */
export type OnOwnFile = 'replace' | 'refuse'

/** The difference between the files that are wanted and those on a session. */
export interface DiffResult {
  readonly unchanged: readonly { readonly file: DesiredFile; readonly there: SessionFile }[]
  readonly remove: readonly SessionFile[]
  readonly replace: readonly { readonly file: DesiredFile; readonly there: SessionFile }[]
  readonly add: readonly DesiredFile[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Compares the files that are wanted with those on a session. An upload's name, which the session's copy keeps, carries
 * the mount path's name and a fingerprint of the content: by it a file of this action is told from another's, and a
 * changed one from an unchanged one.
 */
export function diffFiles(desired: Desired, there: readonly SessionFile[], onOwnFile: OnOwnFile): DiffResult {
  const wanted = new Map(desired.files.map((file) => [file.mountPath, file]))
  const byPath = new Map(there.map((file) => [file.mountPath, file]))
  const pairs = desired.files.flatMap((file) => {
    const present = byPath.get(file.mountPath)
    return present === undefined ? [] : [{ file, there: present }]
  })
  const unchanged = pairs.filter((pair) => onOwnFile === 'replace' && isUnchanged(pair.file, pair.there))
  const changed = pairs.filter((pair) => !unchanged.includes(pair))
  const others = there.filter(({ mountPath }) => !wanted.has(mountPath))
  const remove = others.filter((file) => isToGo(file, desired, onOwnFile))
  const staying = others.filter((file) => !remove.includes(file))
  return {
    unchanged: unchanged.map(withSizeThere),
    remove,
    replace: changed.filter(({ there }) => mayReplace(there, desired, onOwnFile)),
    add: desired.files.filter(({ mountPath }) => !byPath.has(mountPath)),
    problems: [
      ...changed
        .filter(({ there }) => !mayReplace(there, desired, onOwnFile))
        .map(({ file, there }) => occupiedText(file, there, onOwnFile)),
      ...conflicted(desired.files, staying),
    ],
    warnings: [...namesMissing(changed.map(({ there }) => there)), ...otherForm(desired, others)],
  }
}

/** What another run removes when its job ends is not this run's: it mounts its own in the place. */
function isUnchanged(file: DesiredFile, there: SessionFile): boolean {
  // The same files can make archives of different length on different machines; the fingerprint is of what is in them.
  const hasSize = file.packed !== undefined || there.size === undefined || there.size === file.size
  return hasSize && isSameContent(file, there) && !isRemovedByItsRun(there.name ?? '')
}

/** As far as names tell, which carry a fingerprint. */
export function isSameContent(file: DesiredFile, { name }: SessionFile): boolean {
  return name !== undefined && isUploadNameFor(name, file)
}

/** An archive that is not packed has no size yet, but what is there has. */
function withSizeThere({ file, there }: DiffResult['unchanged'][number]): DiffResult['unchanged'][number] {
  return { file: { ...file, size: there.size ?? file.size }, there }
}

/** A file without a name may be ours; mounting the same path again means to replace it. */
function mayReplace({ name, mountPath }: SessionFile, { refresh }: Desired, onOwnFile: OnOwnFile): boolean {
  if (onOwnFile === 'refuse') return false
  return refresh.overwrite || name === undefined || isUploadNameOf(name, mountPath)
}

function isToGo({ name, mountPath }: SessionFile, { refresh, mountPath: folder }: Desired, onOwnFile: OnOwnFile) {
  if (!refresh.prune || onOwnFile === 'refuse' || !isSameOrAbove(folder, mountPath)) return false
  return refresh.overwrite || (name !== undefined && isUploadNameOf(name, mountPath))
}

function occupiedText(file: DesiredFile, there: SessionFile, onOwnFile: OnOwnFile): string {
  const what = `${quote(file.path)} cannot be mounted at ${quote(file.mountPath)}`
  if (onOwnFile === 'refuse') {
    return `${what}: another job has just mounted a file there (${there.resourceId}); give each job a \`mount-path\` of its own`
  }
  return `${what}: ${there.resourceId}, which is mounted there, was not put there by this action; remove it, set \`mount-path\`, or replace it with \`overwrite: true\``
}

/** A file where another needs a folder, or the other way round. */
function conflicted(files: readonly DesiredFile[], staying: readonly SessionFile[]): readonly string[] {
  return files.flatMap((file) =>
    staying
      .filter(({ mountPath }) => isSameOrAbove(mountPath, file.mountPath) || isSameOrAbove(file.mountPath, mountPath))
      .map(
        ({ resourceId, mountPath }) =>
          `${quote(file.path)} cannot be mounted at ${quote(file.mountPath)}: ${resourceId} is mounted at ${quote(mountPath)}; remove that (\`prune: true\` does if an earlier run mounted it), or set \`mount-path\``,
      ),
  )
}

/** The same files as an archive and one by one: the agent finds the two in different folders. */
function otherForm({ files, mountPath: folder }: Desired, others: readonly SessionFile[]): readonly string[] {
  const keep = 'Set `archive` to `always` or `never` to keep to one form.'
  const packed = new Set(files.flatMap((file) => file.packed ?? []).map(({ name }) => `/${name}`))
  const singles = others.filter(({ mountPath }) => packed.has(mountPath)).map(({ mountPath }) => quote(mountPath))
  if (singles.length > 0) {
    return [
      `The files are mounted as an archive this time, which the agent unpacks to /workspace/uploads; ${count(singles.length, 'file')} of it ${singles.length === 1 ? 'is' : 'are'} also mounted singly, by an earlier run: ${truncateList(singles)}. \`prune: true\` removes what an earlier run mounted. ${keep}`,
    ]
  }
  const archive = path.posix.join(folder, ARCHIVE_NAME)
  if (packed.size === 0 && files.length > 0 && others.some(({ mountPath }) => mountPath === archive)) {
    return [
      `The files are mounted singly this time, in /mnt/session/uploads; an earlier run mounted an archive at ${quote(archive)}. \`prune: true\` removes it. ${keep}`,
    ]
  }
  return []
}

function namesMissing(files: readonly SessionFile[]): readonly string[] {
  const unknown = files.filter(({ name }) => name === undefined).map(({ mountPath }) => quote(mountPath))
  if (unknown.length === 0) return []
  return [
    `The service does not return the upload name of ${count(unknown.length, 'mounted file')}, so it cannot be compared; replacing: ${truncateList(unknown)}`,
  ]
}
