import { originalOf } from './compile.ts'
import type { Mutant } from './instrument.ts'

export interface Result {
  readonly mutant: Mutant
  /** `unreached`: no test comes to it. */
  readonly outcome: 'noticed' | 'unnoticed' | 'unreached'
}

/** The results in numbers, a row for each room of `src`, in Markdown. */
export function tableOf(results: readonly Result[]): string {
  const rooms = Map.groupBy(results, ({ mutant }) => roomOf(mutant))
  const rows = [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([room, those]) => rowOf(room, those))
  const head = ['room', 'mutants', 'noticed', 'unnoticed', 'no test comes to', '% noticed']
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...rows, rowOf('all', results)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** What was not noticed, with where it stands and what it was. */
export function survivorsOf(results: readonly Result[], read: (file: string) => string): readonly string[] {
  return results.flatMap(({ mutant, outcome }) => {
    if (outcome === 'noticed') return []
    const place = `${mutant.file}:${mutant.start.line + 1}:${mutant.start.column + 1}`
    const original = inLine(originalOf(read(mutant.file), mutant))
    return [`${place} (${outcome})\n  - ${original}\n  + ${inLine(mutant.replacement)}`]
  })
}

function roomOf({ file }: Mutant): string {
  const [, room = '', ...below] = file.split('/')
  return below.length === 0 ? 'flows' : room
}

function rowOf(name: string, results: readonly Result[]): readonly (string | number)[] {
  const count = (outcome: Result['outcome']) => results.filter((each) => each.outcome === outcome).length
  const score = results.length === 0 ? 0 : (100 * count('noticed')) / results.length
  return [name, results.length, count('noticed'), count('unnoticed'), count('unreached'), score.toFixed(0)]
}

const MOST = 160

function inLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line
}
