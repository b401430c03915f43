import { globSync } from 'node:fs'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { TreeCopy } from '../tree-copy.ts'

/** A small mistake, asleep in the code until an environment variable names it. */
export interface Mutant {
  readonly id: string
  /** Below the root. */
  readonly file: string
  /** Where the original stands; lines and columns from 0. */
  readonly start: Position
  readonly end: Position
  readonly replacement: string
}

interface Position {
  readonly line: number
  readonly column: number
}

/** Texts and patterns are mostly those of messages. */
const LEFT_OUT = ['StringLiteral', 'Regex']

const LOGGER = {
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no },
  ...{ isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no },
  ...{ trace: ignore, debug: ignore, info: ignore, warn: console.warn, error: console.error, fatal: console.error },
}

function no(): boolean {
  return false
}

function ignore(): void {}

/** Puts all mutants into `src` of the copy at once. */
export async function instrument(copy: TreeCopy): Promise<readonly Mutant[]> {
  const names = globSync('src/**/*.ts', { cwd: copy.root }).sort()
  const files = names.map((name) => ({ name, mutate: true, content: copy.read(name) }))
  const options = { plugins: null, excludedMutations: LEFT_OUT, ignorers: [] }
  const result = await new Instrumenter(LOGGER).instrument(files, options)
  // With mutants, other types are inferred of `src`, which the emulator does not take.
  for (const name of globSync('emulator/**/*.ts', { cwd: copy.root })) copy.write(name, unchecked(copy.read(name)))
  for (const { name, content } of result.files) copy.write(name, unchecked(content))
  for (const entry of globSync('src/entrypoints/*.ts', { cwd: copy.root })) noteReach(copy, entry)
  return result.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, location: { start, end }, replacement = '' }) => {
      return { id, file: fileName, start, end, replacement }
    })
}

function unchecked(source: string): string {
  return `// @ts-nocheck\n${source}`
}

/** At its end a process writes down which mutants it came to; see environment.cjs. */
function noteReach(copy: TreeCopy, entry: string): void {
  copy.write('src/entrypoints/reach.ts', REACH)
  copy.write(entry, copy.read(entry).replace('\n', "\nimport './reach.ts'\n"))
}

const REACH = `// @ts-nocheck
import { writeFileSync } from 'node:fs'
const folder = process.env.__STRYKER_REACH__
if (folder !== undefined) process.on('exit', () => {
  const reached = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {})
  writeFileSync(\`\${folder}/\${process.pid}-\${Date.now()}.json\`, JSON.stringify(reached))
})
`
