import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RunEntry, UploadEntry } from '../../src/ledger/ledger.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import { BoundedState } from '../../src/ledger/state-overflow.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { annotations } from '../harness/annotation.ts'
import { Scene } from '../harness/scene.ts'
import { call } from '../harness/service.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'session-mount-large-state-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RUN: RunEntry = {
  ...{ kind: 'run', version: 3, runKey: 'octo/app/1/1/test/abc', startedAt: '2026-11-21T12:00:00.000Z' },
  ...{ baseUrl: 'http://127.0.0.1:1/', cleanup: 'always', onPartial: 'undo', sessionCleanup: 'keep' },
  ...{ identity: { kind: 'api-key' }, cleanupWaitMs: 0, concurrency: 32 },
}

/** What Linux takes in one variable, and what macOS takes in all, with room for the environment of others. */
const MAX_VARIABLE = 32_767
const MAX_ALL = 300_000

/** A file of a run: how long its path is in UTF-8, and what came of its upload. */
interface Uploaded {
  readonly bytes: number
  readonly came: 'reply' | 'nothing' | 'refusal'
}

const uploaded: fc.Arbitrary<Uploaded> = fc.record({
  bytes: fc.constantFrom(10, 900, 4_000),
  came: fc.constantFrom('reply', 'nothing', 'refusal'),
})

function entryOf({ bytes }: Uploaded, index: number): UploadEntry {
  return { kind: 'upload', name: `${index}.txt`, mountPath: `/${'ä'.repeat(bytes / 2)}` }
}

function write(files: readonly Uploaded[], run = RUN): ReadonlyMap<string, string> {
  const state = new Map<string, string>()
  const bounded = new BoundedState((key, value) => state.set(key, value), { RUNNER_TEMP: folder })
  const ledger = new LedgerWriter(bounded.save, run)
  const open = files.map((file, index) => ({
    file,
    entry: entryOf(file, index),
    begun: ledger.begin(entryOf(file, index)),
  }))
  for (const [index, { file, entry, begun }] of open.entries()) {
    if (file.came === 'reply') begun.finish({ ...entry, fileId: `file_${index}` })
    if (file.came === 'refusal') begun.withdraw()
  }
  ledger.complete()
  return state
}

test('however long the paths are, the state stays small, and post reads every entry as it was left', () => {
  fc.assert(
    fc.property(fc.array(uploaded, { maxLength: 2_000, size: 'max' }), (files) => {
      const state = write(files)
      const sizes = [...state].map(([key, value]) => Buffer.byteLength(`STATE_${key}=${value}`) + 1)
      expect(Math.max(...sizes)).toBeLessThan(MAX_VARIABLE)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_ALL)
      const effects = files.flatMap((file, index) => {
        if (file.came === 'refusal') return []
        return [file.came === 'reply' ? { ...entryOf(file, index), fileId: `file_${index}` } : entryOf(file, index)]
      })
      expect(readLedger(state)).toEqual({ run: RUN, effects, complete: true })
    }),
    { numRuns: 20 },
  )
})

test('a last line that was cut while it was written counts as not written', () => {
  const state = write(Array.from({ length: 1_000 }, () => ({ bytes: 900, came: 'reply' })))
  const before = readLedger(state)
  appendFileSync(state.get('ledger_overflow') ?? '', '["effect_1001","{\\"kind\\":')
  expect(readLedger(state)).toEqual(before)
})

test('a small run keeps all in the state, and makes no file', () => {
  const before = readdirSync(folder).length
  expect(write([{ bytes: 900, came: 'reply' }]).has('ledger_overflow')).toBe(false)
  expect(readdirSync(folder)).toHaveLength(before)
})

test('post starts with the record of 2,000 files of 900-byte paths, and removes what is there of it', async () => {
  await using scene = await Scene.open()
  const files = Array.from({ length: 2_000 }, (): Uploaded => ({ bytes: 900, came: 'reply' }))
  const state = new Map<string, string>()
  const bounded = new BoundedState((key, value) => state.set(key, value), { RUNNER_TEMP: folder })
  const ledger = new LedgerWriter(bounded.save, { ...RUN, baseUrl: scene.emulator.url })
  // Only some are on the server: the rest is gone already.
  const there = new Map<number, string>()
  for (const index of [0, 1, 999, 1_000, 1_998, 1_999]) {
    const form = new FormData()
    form.append('file', new Blob(['x']), `${index}.txt`)
    there.set(index, (await call(scene.emulator, 'POST', '/v1/files', form)).id)
  }
  for (const [index, file] of files.entries()) {
    const entry = entryOf(file, index)
    ledger.begin(entry).finish({ ...entry, fileId: there.get(index) ?? `file_${index}` })
  }
  ledger.complete()
  const post = await scene.post({ state: Object.fromEntries(state), exitCode: 0 }, {})
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.uploads()).toEqual([])
})
