import { describe, expect, test } from '@jest/globals'
import { encodeEntry } from '../../src/ledger/codec.ts'
import type { Effect, RunEntry } from '../../src/ledger/ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'

const run: RunEntry = {
  kind: 'run',
  version: 3,
  runKey: 'octo/app/1/1/test/abc',
  startedAt: '2026-11-21T12:00:00.000Z',
  baseUrl: 'https://api.anthropic.com/',
  identity: { kind: 'api-key' },
  cleanup: 'always',
  onPartial: 'undo',
  sessionCleanup: 'keep',
  cleanupWaitMs: 120_000,
  concurrency: 8,
}

function written(write: (ledger: LedgerWriter) => void): ReadonlyMap<string, string> {
  const state = new Map<string, string>()
  write(new LedgerWriter((key, value) => state.set(key, value), run))
  return state
}

describe('what main writes, post reads', () => {
  test('intents that had no reply keep their place beside outcomes', () => {
    const state = written((ledger) => {
      const upload = ledger.begin({ kind: 'upload', name: 'a.csv', mountPath: '/x' })
      ledger.begin({ kind: 'upload', name: 'b.csv', mountPath: '/x' })
      ledger.begin({ kind: 'upload', name: 'c.csv', mountPath: '/x' }).withdraw()
      upload.finish({ kind: 'upload', name: 'a.csv', mountPath: '/x', fileId: 'file_a' })
      const session = ledger.begin({ kind: 'session', agentId: 'agent_x', resources: 3, isNamed: false })
      session.finish({ kind: 'session', agentId: 'agent_x', resources: 3, isNamed: false, sessionId: 'sesn_1' })
      ledger.note({ kind: 'resource', sessionId: 'sesn_1', mountPath: '/a.csv', name: 'a.csv', resourceId: 'sesrsc_1' })
    })
    const effects: Effect[] = [
      { kind: 'upload', name: 'a.csv', mountPath: '/x', fileId: 'file_a' },
      { kind: 'upload', name: 'b.csv', mountPath: '/x' },
      { kind: 'session', agentId: 'agent_x', resources: 3, isNamed: false, sessionId: 'sesn_1' },
      { kind: 'resource', sessionId: 'sesn_1', mountPath: '/a.csv', name: 'a.csv', resourceId: 'sesrsc_1' },
    ]
    expect(readLedger(state)).toEqual({ run, effects, complete: false })
  })

  test('more than nine effects stay in order', () => {
    const state = written((ledger) => {
      for (let i = 0; i < 12; i++) ledger.begin({ kind: 'upload', name: `${i}`, mountPath: '/x' })
      ledger.complete()
    })
    const ledger = readLedger(new Map([...state].reverse()))
    expect(ledger?.effects.map((effect) => effect.kind === 'upload' && effect.name)).toEqual(
      Array.from({ length: 12 }, (_, i) => `${i}`),
    )
    expect(ledger?.complete).toBe(true)
  })

  test('no state is no ledger', () => {
    expect(readLedger(new Map())).toBeUndefined()
    expect(readLedger(new Map([['somebody-elses', 'x']]))).toBeUndefined()
  })
})

describe('junk is refused', () => {
  test.each([
    ['no JSON', 'run', 'junk'],
    ['another version', 'run', JSON.stringify({ ...run, version: 1 })],
    ['an unknown setting', 'run', JSON.stringify({ ...run, cleanup: 'sometimes' })],
    ['no time', 'run', JSON.stringify({ ...run, startedAt: 'soon' })],
    ['no address', 'run', JSON.stringify({ ...run, baseUrl: 'nowhere' })],
    ['an effect that is none', 'effect_1', encodeEntry(run)],
    ['an effect of no kind', 'effect_1', '{"kind":"other"}'],
    ['an effect without what it needs', 'effect_1', '{"kind":"resource","resourceId":"x"}'],
  ])('%s', (_, key, value) => {
    expect(() =>
      readLedger(
        new Map([
          ['run', encodeEntry(run)],
          [key, value],
        ]),
      ),
    ).toThrow(LedgerError)
  })

  test('effects without their beginning', () => {
    expect(() => readLedger(new Map([['effect_1', '{"kind":"upload","name":"a"}']]))).toThrow(
      /beginning of this step's record is missing/,
    )
  })
})
