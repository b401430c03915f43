/**
 * Which lines of src the tests come to, in the bundles that they start and in their own process: a table by room, and the
 * lines that none comes to. Works on a copy of the working tree. `-- undo/` runs the tests whose path has that in it.
 */
import { globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mergeProcessCovs, type ProcessCov, type ScriptCov } from '@bcoe/v8-coverage'
import coverage, { type CoverageMap, type CoverageMapData } from 'istanbul-lib-coverage'
import v8ToIstanbul from 'v8-to-istanbul'
import { TreeCopy } from './tree-copy.ts'

const JEST = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  ...['--coverage', '--coverageProvider', 'v8', '--coverageReporters', 'json', '--silent'],
]

/** Reports are large; so many are read at a time. */
const BATCH = 20

/** Blank, a comment, or the end of something. */
const NO_CODE = /^\s*($|\/\/|\/?\*|[\])}]+[,;]?\s*$)/

interface Line {
  readonly file: string
  readonly number: number
  readonly isReached: boolean
}

/** What was reported of these scripts by all processes, as one. */
function readReports(folder: string, scripts: readonly string[]): ProcessCov {
  const urls = new Set(scripts.map((script) => pathToFileURL(script).href))
  let all: ProcessCov = { result: [] }
  const names = readdirSync(folder)
  for (let at = 0; at < names.length; at += BATCH) {
    const batch = names.slice(at, at + BATCH).map((name) => readFileSync(join(folder, name), 'utf8'))
    const reports = batch.map((text): ProcessCov => JSON.parse(text))
    const ours = reports.map(({ result }) => ({ result: result.filter(({ url }) => urls.has(url)) }))
    all = mergeProcessCovs([all, ...ours])
  }
  return all
}

/** Adds what was reached in a script of a bundle, by the lines of its sources. */
async function addScript(map: CoverageMap, copy: TreeCopy, { url, functions }: ScriptCov): Promise<void> {
  const path = fileURLToPath(url)
  const sourcemap = JSON.parse(readFileSync(`${path}.map`, 'utf8'))
  const sources = { source: readFileSync(path, 'utf8'), originalSource: '', sourceMap: { sourcemap } }
  const converter = v8ToIstanbul(path, 0, sources, (source) => !source.startsWith(copy.path('src') + sep))
  await converter.load()
  converter.applyCoverage(functions)
  map.merge(converter.toIstanbul())
}

function linesOf(map: CoverageMap, copy: TreeCopy): readonly Line[] {
  const files = map.files().filter((file) => file.startsWith(copy.path('src') + sep))
  return files.toSorted().flatMap((path) => {
    const texts = readFileSync(path, 'utf8').split('\n')
    const file = relative(copy.root, path).replaceAll(sep, '/')
    return Object.entries(map.fileCoverageFor(path).getLineCoverage())
      .map(([number, count]) => ({ file, number: Number(number), isReached: count > 0 }))
      .filter(({ number }) => !NO_CODE.test(texts[number - 1] ?? ''))
  })
}

function tableOf(lines: readonly Line[]): string {
  const rooms = Map.groupBy(lines, ({ file }) => /^src\/([^/]+)\//.exec(file)?.[1] ?? 'flows')
  const rows = [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([room, those]) => rowOf(room, those))
  return ['| room | lines | reached | % |', '| --- | ---: | ---: | ---: |', ...rows, rowOf('all', lines)].join('\n')
}

function rowOf(name: string, lines: readonly Line[]): string {
  const reached = lines.filter(({ isReached }) => isReached).length
  return `| ${name} | ${lines.length} | ${reached} | ${((100 * reached) / lines.length).toFixed(1)} |`
}

/** `src/undo/undo.ts: 12-14, 30`, a line for each file. */
function unreachedOf(lines: readonly Line[]): string {
  const unreached = lines.filter(({ isReached }) => !isReached)
  return [...Map.groupBy(unreached, ({ file }) => file)]
    .map(([file, those]) => `${file}: ${rangesOf(those.map(({ number }) => number)).join(', ')}`)
    .join('\n')
}

function rangesOf(numbers: readonly number[]): readonly string[] {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
}

using copy = new TreeCopy()
await copy.build('--source-map')
const [bundled, own] = [copy.temporary('bundled'), copy.temporary('own')]
// Node makes it with the first report; tests that start no bundle write none.
mkdirSync(bundled)
const args = [...JEST, '--coverageDirectory', own, ...process.argv.slice(2)]
const { output } = await copy.node(args, { STEP_COVERAGE: bundled })
console.log(output.split('\n').slice(-6).join('\n'))

const map = coverage.createCoverageMap(
  JSON.parse(readFileSync(join(own, 'coverage-final.json'), 'utf8')) as CoverageMapData,
)
const scripts = globSync('dist/*/*.js.map', { cwd: copy.root }).map((name) => copy.path(name.replace(/\.map$/, '')))
for (const script of readReports(bundled, scripts).result) await addScript(map, copy, script)
const lines = linesOf(map, copy)
console.log(`${unreachedOf(lines)}\n\n${tableOf(lines)}`)
