import type { Line, Reading } from './line.ts'
import { foldName, type NameRules } from './name-rules.ts'

/** How far a line has come on its way down to a path. */
export interface Position {
  readonly reading: Reading
  /** How many of its segments are behind it. */
  readonly at: number
  /** It has matched a folder above, which stands for all below. */
  readonly isBelow: boolean
  /** No wildcard has taken a name on the way. */
  readonly isLiteral: boolean
  /** A name on the way starts with a dot that the line does not spell. */
  readonly isHidden: boolean
}

/** Where lines stand before the first name. */
export function startOf(lines: readonly Line[]): readonly Position[] {
  const positions: Position[] = []
  for (const { readings } of lines) {
    for (const reading of readings)
      addPosition(positions, { reading, at: 0, isBelow: false, isLiteral: true, isHidden: false })
  }
  return positions
}

/** The line matches the path that it has come to. */
export function isMatch({ reading, at, isBelow }: Position): boolean {
  return isBelow || at === reading.segments.length
}

/** The same for what is no folder. */
export function isFileMatch(position: Position): boolean {
  return isMatch(position) && (position.isBelow || !position.reading.line.onlyFolders)
}

/** No wildcard has led here. */
export function isNamed({ reading, at, isBelow, isLiteral }: Position): boolean {
  return isLiteral && !isBelow && at <= reading.literal
}

/** The line matches the path, or leads through it by its name. */
export function isMatchOrNamed(position: Position): boolean {
  return isFileMatch(position) || isNamed(position)
}

/** Where lines stand below a folder. A line that matches the folder matches all below. */
export function insideOf(positions: readonly Position[]): readonly Position[] {
  const done = new Map<Line, Position>()
  for (const position of positions) {
    const { line } = position.reading
    if (line.takesFolders && isMatch(position)) done.set(line, { ...position, at: 0, isBelow: true })
  }
  const rest = positions.filter(({ reading, at }) => !done.has(reading.line) && at < reading.segments.length)
  return [...rest, ...done.values()]
}

/** The lines that may match something in one folder, arranged by what they ask for next. */
export class Frontier {
  readonly #rules: NameRules
  readonly #byName = new Map<string, Position[]>()
  /** Those that do not ask for one name. */
  readonly open: readonly Position[]

  constructor(positions: readonly Position[], rules: NameRules) {
    this.#rules = rules
    const open: Position[] = []
    for (const position of positions) {
      const next = position.isBelow ? undefined : position.reading.segments[position.at]
      if (next?.kind === 'name') this.#asking(next.name).push(position)
      else open.push(position)
    }
    this.open = open
  }

  #asking(name: string): Position[] {
    const positions = this.#byName.get(name) ?? []
    this.#byName.set(name, positions)
    return positions
  }

  /** Names that are asked for, folded. */
  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  /** Where the lines stand at a name in this folder. */
  at(name: string): readonly Position[] {
    const folded = foldName(name, this.#rules)
    const positions: Position[] = []
    for (const position of this.#byName.get(folded) ?? []) step(positions, position, name, 1)
    for (const position of this.open) {
      const next = position.isBelow ? undefined : position.reading.segments[position.at]
      if (next === undefined || next.kind === 'globstar') step(positions, position, name, 0)
      else if (next.kind === 'wildcard' && next.matches(folded)) step(positions, position, name, 1)
    }
    return positions
  }
}

function step(positions: Position[], from: Position, name: string, by: 0 | 1): void {
  const isHidden = from.isHidden || (name.startsWith('.') && !from.reading.line.spellsDot(name))
  const isLiteral = from.isLiteral && from.at + by <= from.reading.literal && by === 1
  const isSamePosition = by === 0 && isHidden === from.isHidden && isLiteral === from.isLiteral
  addPosition(positions, isSamePosition ? from : { ...from, at: from.at + by, isLiteral, isHidden })
}

/** `**` also stands for no folder at all. */
function addPosition(positions: Position[], position: Position): void {
  const { reading, at, isBelow } = position
  // Without wildcards, there is one way only to come to a path.
  const isOnly = reading.literal === reading.segments.length
  if (!isOnly && positions.some((each) => isSame(each, position))) return
  positions.push(position)
  if (!isBelow && reading.segments[at]?.kind === 'globstar') addPosition(positions, { ...position, at: at + 1 })
}

function isSame(a: Position, b: Position): boolean {
  return (
    a.reading === b.reading &&
    a.at === b.at &&
    a.isBelow === b.isBelow &&
    a.isLiteral === b.isLiteral &&
    a.isHidden === b.isHidden
  )
}
