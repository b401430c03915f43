import { existsSync, statSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const MEGABYTE = 1_000_000

/**
 * Prints a process's peak memory, in bytes, when it ends, above what Node takes by itself: that is 40 MB on Linux, and
 * may be three times as much on Windows. Not `resourceUsage().maxRSS`: on Linux that starts with what
 * the parent had.
 */
const PEAK = `data:text/javascript,${encodeURIComponent(`
  const start = process.memoryUsage.rss()
  let peak = 0
  const look = () => { peak = Math.max(peak, process.memoryUsage.rss()) }
  setInterval(look, 10).unref()
  process.on('exit', () => console.error('peak ' + (peak - start)))
`)}`

test.concurrent('one file: on the disk, in the outputs, in the summary; nothing is changed on the service', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/in/data.csv': 'mounted' } })
  const file = scene.emulator.addOutput(id, 'report.md', '# done\n')
  const before = scene.emulator.snapshot()
  const step = await downloadStep(scene, { 'session-id': id })

  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(contentOf(scene.workspace.root)).toEqual({ 'session-outputs/report.md': '# done\n' })
  expect(jsonOutput(step, 'files')).toEqual([{ name: 'report.md', path: 'report.md', size: 7, file_id: file }])
  expect(step.outputs).toMatchObject({
    'download-path': scene.workspace.path('session-outputs'),
    'downloaded-count': '1',
  })
  expect(step.stdout).toContain('left out: 1 file, which is a copy of what was mounted')
  expect(step.summary).toContain('report.md')
  expect(annotations(step, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
  expect(scene.requests()).toEqual(['GET /v1/sessions/{sesn}', 'GET /v1/files', 'GET /v1/files/{file}/content'])
})

test.concurrent.each([
  ['warn', 0, 1],
  ['ignore', 0, 0],
  ['error', 1, 0],
])('no file, if-no-files-found: %s', async (ifNone, exitCode, warnings) => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/in/data.csv': 'mounted' } })
  const step = await downloadStep(scene, { 'session-id': id, 'if-no-files-found': ifNone })
  expect(step.exitCode).toBe(exitCode)
  expect(annotations(step, 'warning')).toHaveLength(warnings)
  expect(step.stdout).toContain(`session ${id} holds no file that its agent made`)
  expect(step.outputs).toMatchObject({ files: '[]', 'downloaded-count': '0' })
  expect(existsSync(scene.workspace.path('session-outputs'))).toBe(exitCode === 0)
})

test.concurrent('1,200 files, more than a page holds', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  const names = Array.from({ length: 1200 }, (_, index) => `part-${String(index).padStart(4, '0')}.txt`)
  for (const name of names) scene.emulator.addOutput(id, name, name)
  const step = await downloadStep(scene, { 'session-id': id, concurrency: '32' })
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual(
    Object.fromEntries(names.map((name) => [name, name])),
  )
  expect(step.outputs['downloaded-count']).toBe(String(names.length))
  expect(scene.requests().filter((request) => request === 'GET /v1/files')).toHaveLength(2)
})

test.concurrent('a list that is too long for an output: the files are there, the output is empty, and a warning', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (let index = 0; index < 600; index++) scene.emulator.addOutput(id, `${index}-${'x'.repeat(190)}`, '')
  const step = await downloadStep(scene, { 'session-id': id, concurrency: '32' })
  expect(step.exitCode).toBe(0)
  expect(step.outputs).toMatchObject({ files: '[]', 'downloaded-count': '600' })
  expect(annotations(step, 'warning')).toEqual([expect.stringMatching(/^The output `files` would have [\d,]+ bytes/)])
})

test.concurrent('a file of 300 MB takes less than 85 MB of memory', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'large.bin', { sizeBytes: 300 * MEGABYTE })
  const step = await downloadStep(scene, { 'session-id': id }, { nodeOptions: ['--import', PEAK] })
  expect(step.exitCode).toBe(0)
  expect(statSync(scene.workspace.path('session-outputs/large.bin')).size).toBe(300 * MEGABYTE)
  expect(Number(/^peak (\d+)$/m.exec(step.stderr)?.[1])).toBeLessThan(85 * MEGABYTE)
})

test.concurrent('patterns: wildcards, folders, excludes in any order; case counts', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (const name of [
    'a.csv',
    'B.CSV',
    'sub/c.csv',
    'tmp/d.csv',
    'plots/e.png',
    'plots/deep/.f',
    'g{1,2}.csv',
    'h.txt',
  ])
    scene.emulator.addOutput(id, name, name)
  const patterns = async (text: string) => {
    const inputs = { patterns: text, overwrite: 'true', 'include-hidden-files': 'true' }
    const step = await downloadStep(scene, { 'session-id': id, ...inputs })
    return (jsonOutput(step, 'files') as readonly { path: string }[]).map(({ path }) => path)
  }
  expect(await patterns('# data\n!tmp/**\n**/*.csv')).toEqual(['a.csv', 'g{1,2}.csv', 'sub/c.csv'])
  expect(await patterns('plots/\n./h.txt')).toEqual(['h.txt', 'plots/deep/.f', 'plots/e.png'])
  expect(await patterns('!**/*.csv\n!plots')).toEqual(['B.CSV', 'h.txt'])
  expect(await patterns('g{1,2}.csv\n[ab].csv')).toEqual(['a.csv', 'g{1,2}.csv'])
})

test.concurrent('patterns that match nothing: the names that there are', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'report.md', '')
  const step = await downloadStep(scene, { 'session-id': id, patterns: '*.csv', 'if-no-files-found': 'error' })
  expect(errorOf(step)).toContain('"report.md"')
  expect(errorOf(step)).toContain('`patterns`')
})

test.concurrent('a dry run prints the plan and writes nothing', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'out/report.md', 'text')
  const step = await downloadStep(scene, { 'session-id': id, 'dry-run': 'true' })
  expect(step).toMatchObject({ exitCode: 0, outputs: { files: '[]', 'downloaded-count': '0' } })
  expect(step.stdout).toMatch(/^ {2}"out\/report\.md" \(4 bytes\)$/m)
  expect(contentOf(scene.workspace.root)).toEqual({})
  expect(existsSync(scene.workspace.path('session-outputs'))).toBe(false)
})

test.concurrent('no credential, and that is no error: valid outputs, nothing sent', async () => {
  await using scene = await Scene.open()
  const step = await downloadStep(scene, {
    'session-id': 'sesn_1',
    'anthropic-api-key': '',
    'if-no-credentials': 'skip',
  })
  expect(step).toMatchObject({ exitCode: 0, outputs: { files: '[]', 'downloaded-count': '0' } })
  expect(annotations(step, 'notice').join()).toContain('nothing is downloaded')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a session that is not there', async () => {
  await using scene = await Scene.open()
  const step = await downloadStep(scene, { 'session-id': 'sesn_none' })
  expect(errorOf(step)).toContain('session sesn_none was not found')
})

const BAD: readonly (readonly [input: string, value: string, says: string])[] = [
  ['session-id', '', 'Did that step fail'],
  ['session-id', 'sesn 1', 'letters, digits'],
  ['path', '', 'name a folder'],
  ['patterns', '', '`**`'],
  ['patterns', '# only\n# comments', '`**`'],
  ['patterns', 'a\n!', 'names nothing'],
  ['patterns', '../a', '"../a"'],
  ['patterns', 'a => /b', 'no mapping'],
  ['if-no-files-found', 'fail', '`warn`'],
  ['overwrite', 'yes', '`true`'],
  ['settle-timeout', '11m', '`10m`'],
  ['concurrency', '0', 'from 1 to 32'],
  ['timeout-minutes', '0', 'above 0'],
  ['dry-run', '1', '`true`'],
]

test.concurrent.each(BAD)('%s %j is refused before anything is sent', async (input, value, says) => {
  await using scene = await Scene.open()
  const step = await downloadStep(scene, { 'session-id': 'sesn_1', [input]: value })
  const line = errorOf(step)
    .split('\n')
    .find((each) => each.startsWith(`- ${input}: `))
  expect(line).toContain(says)
  expect(step.exitCode).toBe(1)
  expect(scene.emulator.journal()).toEqual([])
})
