import { expect, test } from '@jest/globals'
import { find } from '../../../src/desired/files/find.ts'
import { openRoot } from '../../../src/desired/files/root.ts'
import { type Search, searchOf } from '../../../src/desired/files/search.ts'
import { parseFilePatterns } from '../../../src/inputs/file-patterns.ts'
import { Workspace } from '../../harness/workspace.ts'

async function searchIn(workspace: Workspace, lines: readonly string[]): Promise<Search> {
  const patterns = parseFilePatterns(lines.join('\n'), (problem) => {
    throw new Error(problem)
  })
  const given = { patterns, listFile: undefined, root: workspace.root, mountPath: '/', ifNoFilesFound: 'warn' } as const
  const how = {
    includeHiddenFiles: true,
    followSymbolicLinks: false,
    allowSensitiveFiles: [],
    archive: 'never',
  } as const
  return searchOf({ ...given, ...how }, await openRoot(workspace.root)).search
}

test('what it finds is in the order of the paths, however deep', async () => {
  using workspace = new Workspace()
  const names = ['z.txt', 'b/z.txt', 'b.txt', 'b/a/c.txt', 'a/b.txt', 'B.md']
  workspace.write(Object.fromEntries(names.map((name) => [name, ''])))
  const { entries } = await find(await searchIn(workspace, ['**', 'b']), new AbortController().signal)
  expect(entries.map(({ path }) => path)).toEqual(names.toSorted())
})

/** Many lines on many files of one folder: work for seconds, of which nothing waits for the disk. */
async function slowSearch(workspace: Workspace): Promise<Search> {
  workspace.write(Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`${n}.txt`, ''])))
  return searchIn(
    workspace,
    Array.from({ length: 1_500 }, (_, n) => `*${n}?.md`),
  )
}

/** Milliseconds that this process has worked: a slow machine does not count. */
function worked(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

test('signals and timers have their turn while it walks', async () => {
  using workspace = new Workspace()
  const search = await slowSearch(workspace)
  const ticks = [worked()]
  const timer = setInterval(() => ticks.push(worked()), 10)
  await find(search, new AbortController().signal)
  clearInterval(timer)
  ticks.push(worked())
  const silences = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? tick))
  const total = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0)
  expect(Math.max(...silences)).toBeLessThan(total / 3)
})

test('it ends with the reason of the signal, also in the middle of a folder', async () => {
  using workspace = new Workspace()
  const search = await slowSearch(workspace)
  const controller = new AbortController()
  const reason = new Error('the time is over')
  const whole = worked()
  await find(search, controller.signal)
  const started = worked()
  setTimeout(() => controller.abort(reason), 1)
  await expect(find(search, controller.signal)).rejects.toBe(reason)
  expect(worked() - started).toBeLessThan((started - whole) / 2)
})
