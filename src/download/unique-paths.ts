import { foldPath, numbered } from './safe-path.ts'

/**
 * Makes paths differ where a file system could take two for one: `a.txt`, `A.txt` become `a.txt`, `A (2).txt`. The
 * first keeps its name, and a folder always does; folders that differ in case only become one. Pure, and the same on
 * every system.
 * @param paths safe ones, relative, in POSIX form
 */
export function uniquePaths(paths: readonly string[]): readonly string[] {
  const folders = new Map<string, string>()
  const placed = paths.map((file) => inFolders(file, folders))
  const taken = new Set(folders.keys())
  const numbers = new Map<string, number>()
  return placed.map((file) => {
    let free = file
    let number = numbers.get(foldPath(file)) ?? 1
    while (taken.has(foldPath(free))) free = numbered(file, ++number)
    numbers.set(foldPath(file), number)
    taken.add(foldPath(free))
    return free
  })
}

/** The path with each of its folders spelled as it was the first time. */
function inFolders(file: string, folders: Map<string, string>): string {
  const segments = file.split('/')
  const name = segments.pop() ?? ''
  let folder = ''
  for (const segment of segments) {
    const below = `${folder}${segment}`
    const known = folders.get(foldPath(below)) ?? below
    folders.set(foldPath(below), known)
    folder = `${known}/`
  }
  return `${folder}${name}`
}
