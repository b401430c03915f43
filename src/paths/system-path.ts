import path from 'node:path'

/**
 * A path as it is written on a system, in POSIX form and without detours: on Windows `.\a\b` is `a/b`. Elsewhere a
 * backslash is a letter like any other.
 */
export function posixName(text: string, system: path.PlatformPath = path): string {
  return path.posix.normalize(text.replaceAll(system.sep, '/'))
}

/** Whether the names of a system's patterns match in either case, as `@actions/glob` has it. */
export function ignoresCase(system: path.PlatformPath): boolean {
  return system.sep === '\\'
}
