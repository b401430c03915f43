import path from 'node:path'

/**
 * A path as it is written on a system, in POSIX form and without detours: on Windows `.\a\b` is `a/b`. Elsewhere a
 * backslash is a letter like any other.
 */
export function posixName(text: string, system: path.PlatformPath = path): string {
  return path.posix.normalize(text.replaceAll(system.sep, '/'))
}

/** True if `inner` is `outer` or below it; both absolute and normal. `/a-other` is not inside `/a`. */
export function isInside(outer: string, inner: string, system: path.PlatformPath = path): boolean {
  if (inner === outer || inner.startsWith(outer.endsWith(system.sep) ? outer : outer + system.sep)) return true
  // Only Windows has two ways to write one path.
  if (system.sep === '/') return false
  const relative = system.relative(outer, inner)
  return relative !== '..' && !relative.startsWith(`..${system.sep}`) && !system.isAbsolute(relative)
}

/** The name of a path below a folder, in POSIX form; undefined if it is not inside. */
export function nameBelow(folder: string, absolute: string, system: path.PlatformPath = path): string | undefined {
  if (!isInside(folder, absolute, system)) return undefined
  return system.relative(folder, absolute).split(system.sep).join('/')
}
