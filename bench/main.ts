/**
 * The comparison with curl and the official SDK, all in one run on the emulator, the contenders in turn. Prints Markdown;
 * `--write` also puts it into last-run.md, and draws the plot.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { claimsOf } from './claims.ts'
import { Course } from './course.ts'
import { type Growth, measureGrowth } from './growth.ts'
import { plot } from './plot.ts'
import { Results } from './results.ts'
import { HEATS, lacking } from './scenarios.ts'
import { measureSearch } from './search-cost.ts'
import { bundlesTable, claimsTable, growthTable, missingRow, rowsOf, searchTable, timesTable } from './table.ts'

const USAGE = `Usage: npm run bench -- [options]
  --only A,B           scenarios to run, of A to L, growth and search (default: all)
  --runs N             measured runs of each contender (default: 5)
  --concurrency N      requests at a time, of the action and the SDK script (default: 8)
  --write              put the result into bench/last-run.md, and draw the plot of docs/benchmarks.md`

const PARTS = [...HEATS.flatMap(({ ids }): readonly string[] => ids), 'growth', 'search']

class UsageError extends Error {}

interface Arguments {
  readonly only: readonly string[] | undefined
  readonly runs: number
  readonly concurrency: number
  readonly write: boolean
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      runs: { type: 'string', default: '5' },
      concurrency: { type: 'string', default: '8' },
      write: { type: 'boolean', default: false },
    },
  })
  const [runs, concurrency] = [Number(values.runs), Number(values.concurrency)]
  if (![runs, concurrency].every((number) => Number.isInteger(number) && number >= 1)) {
    throw new UsageError('--runs and --concurrency: whole numbers from 1 are expected')
  }
  const only = values.only?.split(',')
  const unknown = only?.find((name) => !PARTS.includes(name))
  if (unknown !== undefined) throw new UsageError(`--only: ${unknown} is none of ${PARTS.join(', ')}`)
  return { only, runs, concurrency, write: values.write }
}

interface Result {
  readonly text: string
  readonly growth: Growth | undefined
}

async function bench({ only, runs, concurrency }: Arguments): Promise<Result> {
  const wanted = (id: string) => only === undefined || only.includes(id)
  const results = new Results()
  const circumstances = machine(runs, concurrency)
  const rows: string[] = []
  const course = await Course.open(concurrency)
  try {
    for (const { ids, needs, contenders } of HEATS.filter((heat) => heat.ids.some(wanted))) {
      const missing = lacking(needs)
      const entered = missing.length > 0 ? [] : contenders(course)
      await results.measure(entered, runs, (text) => console.error(text))
      for (const id of ids) {
        rows.push(...(missing.length > 0 ? [missingRow(id, missing)] : rowsOf(results, id, entered, concurrency)))
      }
    }
    const growth = wanted('growth') ? await measureGrowth(course, runs) : undefined
    const search = wanted('search') ? searchTable(await measureSearch(course, runs)) : ''
    const parts = [circumstances, timesTable(rows), claimsTable(claimsOf(results, concurrency))]
    const all = [...parts, growth === undefined ? '' : growthTable(growth), search, bundlesTable()]
    return { text: all.filter((part) => part !== '').join('\n\n'), growth }
  } finally {
    await course.close()
  }
}

/** Taken before the first run: the load is that of others then. */
function machine(runs: number, concurrency: number): string {
  const cores = `${availableParallelism()} cores of ${cpus()[0]?.model.trim()}`
  const load = `load ${loadavg()[0]?.toFixed(1)} before`
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cores}, ${load}; ${runs} runs each, concurrency ${concurrency}.`
}

function write({ text, growth }: Result): void {
  const head =
    '# The last whole run of the benchmarks\n\nWritten by `npm run bench -- --write`. What the rows and columns mean: [benchmarks](../docs/benchmarks.md).'
  writeFileSync(path.join(import.meta.dirname, 'last-run.md'), `${head}\n\n${text}\n`)
  if (growth !== undefined) draw(growth)
}

function draw({ action, sdk, curl }: Growth): void {
  const curves = [
    { name: 'action', times: action },
    { name: 'SDK script', times: sdk },
    { name: 'curl script', times: curl },
  ]
  for (const theme of ['light', 'dark'] as const) {
    const file = path.resolve(import.meta.dirname, `../docs/pictures/benchmark-${theme}.svg`)
    writeFileSync(file, plot(curves, theme))
  }
}

try {
  const given = readArguments()
  const result = await bench(given)
  console.log(result.text)
  if (given.write) write(result)
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : error)
  process.exitCode = 1
}
