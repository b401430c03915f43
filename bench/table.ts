import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { boundOf } from './bound.ts'
import type { Claim } from './claims.ts'
import type { Growth, Times } from './growth.ts'
import { type Contender, type ScenarioId, TITLES } from './heat.ts'
import type { Results } from './results.ts'
import type { SearchCost } from './search-cost.ts'

/** Markdown: a row for each contender of a scenario. The ratio is to the action's median, or to that of its first line. */
export function rowsOf(
  results: Results,
  id: ScenarioId,
  contenders: readonly Pick<Contender, 'name'>[],
  concurrency: number,
): readonly string[] {
  const measured = contenders.filter(({ name }) => results.of(id, name).length > 0)
  const own = measured.find(({ name }) => name === 'action') ?? measured[0]
  return measured.map(({ name }, index) => {
    const samples = results.of(id, name)
    const times = samples.map((sample) => sample.seconds)
    const bound = boundOf(results, id, name, concurrency)
    const time = results.median(id, name)
    return row([
      index === 0 ? `${id}: ${TITLES[id]}` : '',
      name,
      seconds(time),
      samples.length === 1 ? 'one run' : `${seconds(Math.min(...times))}–${seconds(Math.max(...times))}`,
      own === undefined ? '' : number(time / results.median(id, own.name)),
      seconds(bound),
      number(time / bound),
      whole(results.requests(id, name)),
      whole(results.connections(id, name)),
      whole(results.peak(id, name)),
    ])
  })
}

export function timesTable(rows: readonly string[]): string {
  if (rows.length === 0) return ''
  const head = [
    'Scenario',
    'Contender',
    'Median, s',
    'Spread, s',
    '÷ action',
    'Bound, s',
    '÷ bound',
    'Requests',
    'Connections',
    'MB',
  ]
  return [row(head), row(head.map(() => '---')), ...rows].join('\n')
}

/** A scenario that cannot be measured yet. */
export function missingRow(id: ScenarioId, names: readonly string[]): string {
  return row([`${id}: ${TITLES[id]}`, `not there yet: ${names.map((name) => `\`${name}\``).join(', ')}`])
}

export function claimsTable(claims: readonly Claim[]): string {
  const rows = claims
    .filter(({ seen }) => Number.isFinite(seen))
    .map(({ id, what, atMost, atLeast, unit, seen }) => {
      const asked = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`
      const kept = atMost === undefined ? seen >= (atLeast ?? 0) : seen <= atMost
      const shown = unit === undefined ? number(seen) : `${whole(seen)} ${unit}`.trim()
      return row([id, what, `${asked} ${unit ?? ''}`.trim(), kept ? shown : `**${shown}**`])
    })
  if (rows.length === 0) return ''
  return [row(['Scenario', 'What', 'Asked', 'Seen (bold: missed)']), row(['---', '---', '---', '---']), ...rows].join(
    '\n',
  )
}

export function growthTable({ action, sdk, curl, fit, peaks }: Growth): string {
  const line = `seconds = ${fit.intercept.toFixed(3)} + ${fit.slope.toFixed(5)} × files, R² = ${fit.determination.toFixed(4)}`
  const timeRows = action.map(([files, time]) => {
    const of = (times: Times) => times.find(([count]) => count === files)?.[1] ?? Number.NaN
    const cells = [time, fit.intercept + fit.slope * files, of(sdk), of(curl)]
    return row([String(files), ...cells.map(seconds)])
  })
  const peakRows = peaks.map(([megabytes, peak]) => row([String(megabytes), whole(peak)]))
  return [
    [
      row(['Files of C', 'Action, s', 'Line, s', 'SDK script, s', 'curl script, s']),
      row(['---', '---', '---', '---', '---']),
      ...timeRows,
    ].join('\n'),
    `The line: ${line}.`,
    [row(['File of D, MB', 'Peak memory, MB']), row(['---', '---']), ...peakRows].join('\n'),
  ].join('\n\n')
}

/** What the search for secrets adds to reading the files. */
export function searchTable({ files, hashing, searching }: SearchCost): string {
  const added = (searching - hashing) / hashing
  return [
    [
      row(['Files', 'Open, read, hash: cpu, ms', 'And search: cpu, ms', 'Search adds (asked: ≤ 1)']),
      row(['---', '---', '---', '---']),
    ],
    row([whole(files), whole(hashing), whole(searching), `${number(added)} times as much`]),
  ]
    .flat()
    .join('\n')
}

/** The sizes of what is shipped: what a start loads, and all that it may load later. */
export function bundlesTable(): string {
  const dist = path.resolve(import.meta.dirname, '../dist')
  const rows = readdirSync(dist).map((bundle) => {
    const scripts = readdirSync(path.join(dist, bundle)).filter((name) => name.endsWith('.js'))
    const sizes = scripts.map((name) => readFileSync(path.join(dist, bundle, name)))
    const start = readFileSync(path.join(dist, bundle, 'index.js'))
    return row([`\`dist/${bundle}\``, kilobytes(start), kilobytes(gzipSync(start)), kilobytes(Buffer.concat(sizes))])
  })
  return [
    row(['Bundle', '`index.js`, KB', 'gzip, KB', 'with its chunks, KB']),
    row(['---', '---', '---', '---']),
    ...rows,
  ].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function seconds(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(3)
}

function number(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(2)
}

function whole(value: number): string {
  return Number.isNaN(value) ? '' : String(Math.round(value))
}

function kilobytes(content: Buffer): string {
  return String(Math.round(content.length / 1000))
}
