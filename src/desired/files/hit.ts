import { isNamed, type Position } from './frontier.ts'
import type { Line, Reading } from './line.ts'

/** A line that has come upon something. */
export interface Hit {
  readonly line: Line
  /** As which it matches. */
  readonly reading: Reading
  /** Neither a wildcard nor a folder above has found it. */
  readonly isNamed: boolean
  /** Hidden files have not been asked for, and the line spells no dot that stands here. */
  readonly isHidden: boolean
}

/** Lines that no wildcard has led to where they stand. */
export function linesNaming(positions: readonly Position[]): ReadonlySet<Line> {
  return new Set(positions.filter(isNamed).map(({ reading }) => reading.line))
}

/** One hit for each line. @param naming the lines that name what they have come upon */
export function hitsOf(positions: readonly Position[], naming = linesNaming(positions)): readonly Hit[] {
  const hits = new Map<Line, Hit>()
  for (const position of positions) {
    const { reading, isHidden } = position
    const { line } = reading
    const before = hits.get(line)
    hits.set(line, {
      line,
      reading: before === undefined || isNamed(position) ? reading : before.reading,
      isNamed: naming.has(line),
      isHidden: isHidden && before?.isHidden !== false,
    })
  }
  return [...hits.values()]
}
