/** The ids of what post says is left, from the commands in its warning that remove it. */
export interface Named {
  readonly sessionId: string | undefined
  readonly resourceIds: readonly string[]
  readonly uploadIds: readonly string[]
  readonly total: number
  /** As the warning says it, of a session that is to end. */
  readonly end: string | undefined
}

export function named(warning: string): Named {
  const loops = [...warning.matchAll(/^for path in (.*); do$/gm)].map(([, words = '']) => words.split(' '))
  const paths = loops.flat().map((word) => word.replace(/^'(.*)'$/, '$1'))
  const ids = (pattern: RegExp) => paths.flatMap((path) => pattern.exec(path)?.[1] ?? [])
  return {
    sessionId: ids(/^sessions\/([^/]+)/)[0],
    resourceIds: ids(/^sessions\/[^/]+\/resources\/([^/]+)$/),
    uploadIds: ids(/^files\/([^/]+)$/),
    total: paths.length,
    end: /with these ids and `session-cleanup: (\w+)`/.exec(warning)?.[1],
  }
}
