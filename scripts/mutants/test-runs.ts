import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { TreeCopy } from '../tree-copy.ts'
import type { Mutant } from './instrument.ts'

/** A test file, and what it comes to without a mistake. */
export interface TestFile {
  readonly name: string
  readonly milliseconds: number
  /** Ids of mutants. */
  readonly reached: ReadonlySet<string>
}

const JEST = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  ...['--testEnvironment', './scripts/mutants/environment.cjs'],
]

/** What is allowed to a run beyond three times what its files took. */
const MORE_MS = 120_000

/** So long a mutant is tried, by what its files took without it. What they let pass counts as unnoticed. */
const ENOUGH_MS = 180_000

interface JestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly startTime: number
    readonly endTime: number
  }[]
}

/** Runs those tests once whose path has this text in it. Files that fail without a mistake are told, and left out. */
export async function findReach(copy: TreeCopy, tests: string): Promise<readonly TestFile[]> {
  const folder = copy.temporary('reach')
  const report = copy.temporary('report.json')
  await copy.node([...JEST, '--json', '--outputFile', report, tests], { MUTANT_REACH: folder })
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport
  return testResults.flatMap(({ name, status, startTime, endTime }) => {
    const file = relative(copy.root, name).replaceAll('\\', '/')
    // "focused" is what jest calls a file of which a test is skipped.
    const isGreen = status === 'passed' || status === 'focused'
    if (!isGreen) console.log(`left out, since it fails without a mistake: ${file}`)
    const reached = reachIn(join(folder, file.replaceAll('/', '+')))
    return isGreen && reached.size > 0 ? [{ name: file, milliseconds: endTime - startTime, reached }] : []
  })
}

function reachIn(folder: string): ReadonlySet<string> {
  const lists = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[])
  return new Set(lists.flat())
}

/** The files that have to notice a mutant: those of its name first, then those of its room, then the short and specific. */
export function filesFor(mutant: Mutant, files: readonly TestFile[]): readonly TestFile[] {
  const name = basename(mutant.file, '.ts')
  const room = `/${basename(dirname(mutant.file))}/`
  const nearness = (file: TestFile) =>
    2 * Number(basename(file.name).startsWith(name)) + Number(file.name.includes(room))
  const cost = ({ milliseconds, reached }: TestFile) => milliseconds * reached.size
  const those = files
    .filter(({ reached }) => reached.has(mutant.id))
    .toSorted((a, b) => nearness(b) - nearness(a) || cost(a) - cost(b))
  let before = 0
  return those.filter(({ milliseconds }) => {
    before += milliseconds
    return before - milliseconds < ENOUGH_MS
  })
}

/** Whether these tests notice the mutant: one fails, or they take far longer than without. */
export async function isNoticed(copy: TreeCopy, mutant: Mutant, files: readonly TestFile[]): Promise<boolean> {
  const names = files.map(({ name }) => name)
  const timeoutMs = 3 * files.reduce((sum, { milliseconds }) => sum + milliseconds, 0) + MORE_MS
  const env = {
    __STRYKER_ACTIVE_MUTANT__: mutant.id,
    MUTANT_ORDER: JSON.stringify(names),
    STEP_COMPILED: copy.temporary('compiled'),
  }
  const order = ['--testSequencer', './scripts/mutants/order.cjs', '--runInBand', '--bail', '--silent']
  const { exitCode, output } = await copy.node([...JEST, ...order, '--runTestsByPath', ...names], env, timeoutMs)
  if (exitCode === 1 && !/^Test Suites:/m.test(output)) throw new Error(`No test ran:\n${output}`)
  return exitCode !== 0
}
