/**
 * Measures how many small mistakes the tests notice: puts mutants into a copy of the working tree, tries some of them one
 * by one, and prints which nobody noticed. `--sample 100 --seed 7` tries that many, chosen by the seed;
 * `--files 'src/undo/**'` only those there; `--tests undo/` by tests whose path has that in it, in place of all;
 * `--jobs 2` so many at a time.
 */
import { readFileSync } from 'node:fs'
import { matchesGlob, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pLimit from 'p-limit'
import { randomOf } from '../../__tests__/faults/case.ts'
import { TreeCopy } from '../tree-copy.ts'
import { Compiler } from './compile.ts'
import { instrument, type Mutant } from './instrument.ts'
import { type Result, survivorsOf, tableOf } from './table.ts'
import { filesFor, findReach, isNoticed, type TestFile } from './test-runs.ts'

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: 'src/**' },
    tests: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
  },
})

const root = resolve(import.meta.dirname, '../..')

/** As many as asked for, chosen by the seed, of those that the compiler takes: about half. */
async function choose(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  const random = randomOf(Number(values.seed))
  const compiler = new Compiler(root)
  const chosen: Mutant[] = []
  const shuffled = mutants
    .filter(({ file }) => matchesGlob(file, values.files))
    .map((mutant) => ({ mutant, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
  for (const { mutant } of shuffled) {
    if (chosen.length >= Number(values.sample)) break
    if (compiler.takes(mutant)) chosen.push(mutant)
    // The tests run meanwhile.
    await setImmediate()
  }
  return chosen
}

async function tryMutant(copy: TreeCopy, mutant: Mutant, files: readonly TestFile[]): Promise<Result> {
  const those = filesFor(mutant, files)
  if (those.length === 0) return { mutant, outcome: 'unreached' }
  return { mutant, outcome: (await isNoticed(copy, mutant, those)) ? 'noticed' : 'unnoticed' }
}

function tell(since: number, text: string): void {
  console.log(`${String(Math.round((performance.now() - since) / 1000)).padStart(5)} s  ${text}`)
}

const start = performance.now()
using copy = new TreeCopy()
const mutants = await instrument(copy)
tell(start, `${mutants.length} mutants in src`)
await copy.build()
tell(start, 'built; running the tests once')
const [files, chosen] = await Promise.all([findReach(copy, values.tests), choose(mutants)])
const reached = new Set(files.flatMap((file) => [...file.reached])).size
tell(start, `${files.length} test files come to ${reached} mutants; seed ${values.seed} chose ${chosen.length}`)

const limit = pLimit(Number(values.jobs))
let tried = 0
const results = await Promise.all(
  chosen.map((mutant) =>
    limit(async () => {
      const result = await tryMutant(copy, mutant, files)
      tell(start, `${++tried}/${chosen.length} ${result.outcome}: ${mutant.file}:${mutant.start.line + 1}`)
      return result
    }),
  ),
)
const survivors = survivorsOf(results, (file) => readFileSync(resolve(root, file), 'utf8'))
console.log(`\n${survivors.join('\n')}\n\n${tableOf(results)}`)
