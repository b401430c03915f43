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

/** Many lines on many files of one folder: work for seconds, of which nothing waits for the disk. */
async function slowSearch(workspace: Workspace): Promise<Search> {
  workspace.write(Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`${n}.txt`, ''])))
  return searchIn(
    workspace,
    Array.from({ length: 1_500 }, (_, n) => `*${n}?.md`),
  )
}

test('signals and timers have their turn while it walks', async () => {
  using workspace = new Workspace()
  const search = await slowSearch(workspace)
  const ticks = [performance.now()]
  const timer = setInterval(() => ticks.push(performance.now()), 10)
  await find(search, new AbortController().signal)
  clearInterval(timer)
  ticks.push(performance.now())
  const silences = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? tick))
  const total = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0)
  expect(Math.max(...silences)).toBeLessThan(total / 3)
})

test('it ends with the reason of the signal, also in the middle of a folder', async () => {
  using workspace = new Workspace()
  const search = await slowSearch(workspace)
  const controller = new AbortController()
  const reason = new Error('the time is over')
  const whole = performance.now()
  await find(search, controller.signal)
  const started = performance.now()
  setTimeout(() => controller.abort(reason), 1)
  await expect(find(search, controller.signal)).rejects.toBe(reason)
  expect(performance.now() - started).toBeLessThan((started - whole) / 2)
})
