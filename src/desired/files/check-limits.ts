import { posix as path } from 'node:path'
import { quote } from '../../text/escape.ts'
import { count, formatBytes, truncateList } from '../../text/format.ts'
import { type PlacedFile, totalSize } from './place.ts'

/** The service takes 500 MB a file (documented); taken in the larger sense of MB, so that the server decides between. */
export const MAX_FILE_BYTES = 500n * 1024n * 1024n

/** A session's sandbox has 10 GB of disk (documented), which all mounted files share. */
const SESSION_DISK_BYTES = 10_000_000_000

/** What is wrong, and what may turn out wrong, with a set of files. */
export interface LimitReport {
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** Checks sizes, count and mount paths of a set of files that are mounted one by one, sorted by mount path. */
export function checkLimits(files: readonly PlacedFile[], maxResources: number): LimitReport {
  return {
    problems: [...files.flatMap(tooLarge), ...tooMany(files.length, maxResources), ...collisions(files)],
    warnings: [...diskWarning(totalSize(files)), ...lookAlikes(files)],
  }
}

export function tooMany(files: number, maxResources: number): readonly string[] {
  if (files <= maxResources) return []
  return [
    `${count(files, 'file')}, but a session takes ${maxResources} resources (\`max-resources\`); narrow \`files\`, or set \`archive: auto\` to mount them as one archive`,
  ]
}

/** Checks the paths of files that are packed into one archive, sorted; its size shows when it is made. */
export function checkPacked(files: readonly PlacedFile[]): LimitReport {
  return { problems: collisions(files), warnings: lookAlikes(files) }
}

/** @param total bytes on the session's disk */
export function diskWarning(total: number): readonly string[] {
  if (total <= SESSION_DISK_BYTES) return []
  return [`the files have ${formatBytes(total)} together, but a session has ${formatBytes(SESSION_DISK_BYTES)} of disk`]
}

function tooLarge(file: PlacedFile): string[] {
  if (file.version.size <= MAX_FILE_BYTES) return []
  const limit = formatBytes(Number(MAX_FILE_BYTES))
  return [`${quote(file.path)} has ${formatBytes(Number(file.version.size))}; the service takes ${limit} a file`]
}

/** The same path twice, or a file where another needs a folder. */
function collisions(files: readonly PlacedFile[]): readonly string[] {
  const byPath = Map.groupBy(files, ({ mountPath }) => mountPath)
  const problems = [...byPath].flatMap(([mountPath, same]) => sharedPath(mountPath, same))
  const above = new Map<string, PlacedFile | undefined>([['/', undefined]])
  const fileAbove = (folder: string): PlacedFile | undefined => {
    if (!above.has(folder)) above.set(folder, fileAbove(path.dirname(folder)) ?? byPath.get(folder)?.[0])
    return above.get(folder)
  }
  for (const file of [...byPath.values()].flatMap((same) => same.slice(0, 1))) {
    const other = fileAbove(path.dirname(file.mountPath))
    if (other !== undefined) {
      problems.push(
        `${quote(other.path)} would be mounted as the file ${quote(other.mountPath)}, which ${quote(file.path)} needs as a folder; map one elsewhere`,
      )
    }
  }
  return problems
}

function sharedPath(mountPath: string, files: readonly PlacedFile[]): readonly string[] {
  const names = files.map((file) => quote(file.path))
  if (names.length === 1) return []
  return names.length === 2
    ? [`${names.join(' and ')} would both be mounted at ${quote(mountPath)}; map one elsewhere`]
    : [`${truncateList(names, 3)} would all be mounted at ${quote(mountPath)}; map all but one elsewhere`]
}

/** Paths that differ only in case or Unicode form: legal on the session's Linux, and easily mistaken. */
function lookAlikes(files: readonly PlacedFile[]): readonly string[] {
  const seen = new Map<string, string>()
  return files.flatMap((file) => {
    const key = file.mountPath.normalize('NFC').toLowerCase()
    const other = seen.get(key)
    seen.set(key, file.mountPath)
    return other === undefined || other === file.mountPath
      ? []
      : [`${quote(other)} and ${quote(file.mountPath)} differ only in case or Unicode form`]
  })
}
