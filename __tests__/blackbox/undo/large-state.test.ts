import { existsSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

/** A mount path of some 900 bytes, so that a file takes 2 KB of the record. */
const DEEP = `/${Array.from({ length: 4 }, (_, n) => `${n}`.repeat(220)).join('/')}`

const FILES = 1_000

const bytesOf = (state: Readonly<Record<string, string>>): number =>
  Object.entries(state).reduce((sum, [key, value]) => sum + Buffer.byteLength(`STATE_${key}=${value}`) + 1, 0)

async function mountMany(scene: Scene, inputs: Readonly<Record<string, string>>) {
  const names = Array.from({ length: FILES }, (_, n) => `${n}.txt`)
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))
  const many = { files: '*.txt', 'mount-path': DEEP, 'max-resources': String(FILES), concurrency: '32', ...inputs }
  return { many, main: await scene.main(many) }
}

test('a record that is too large for an environment: post starts, and removes all of it', async () => {
  await using scene = await Scene.open({ maxResources: FILES })
  const { many, main } = await mountMany(scene, {})
  expect(main.outputs['mounted-count']).toBe(String(FILES))
  expect(bytesOf(main.state)).toBeLessThan(300_000)
  for (const value of Object.values(main.state)) expect(Buffer.byteLength(value)).toBeLessThan(32_767)
  const post = await scene.post(main, many)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
}, 400_000)

test('the rest of the record is in a file of the temporary folder; without it nothing is removed, and post says so', async () => {
  await using scene = await Scene.open({ maxResources: FILES })
  const { many, main } = await mountMany(scene, { 'session-cleanup': 'delete' })
  const file = main.state.ledger_overflow ?? ''
  expect(file).toMatch(/session-mount-ledger-[^/\\]+\.jsonl$/)
  expect(readFileSync(file, 'utf8')).not.toContain(scene.emulator.apiKey)
  const before = scene.emulator.snapshot()
  rmSync(file)
  expect(existsSync(file)).toBe(false)
  const post = await scene.post(main, many)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toContain(file)
  expect(warning).toMatch(/nothing was removed/)
  expect(scene.emulator.snapshot()).toEqual(before)
}, 400_000)
