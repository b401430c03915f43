import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CLEANUPS, ON_PARTIAL, SESSION_CLEANUPS } from '../../src/ledger/cleanup-settings.ts'
import { decodeEntry, encodeEntry } from '../../src/ledger/codec.ts'
import type { Effect, Entry, ResourceEntry, RunEntry, SessionEntry, UploadEntry } from '../../src/ledger/ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'

/** Any text but an empty one; names and ids come from disks and servers. */
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
const amount = fc.nat()

const identity: fc.Arbitrary<RunEntry['identity']> = fc.oneof(
  fc.record({ kind: fc.constant('api-key'), workspaceId: text }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('federation'), ruleId: text, organizationId: text, workspaceId: text, audience: text }),
  fc.record({ kind: fc.constant('aws-key'), workspaceId: text }),
  fc.record({ kind: fc.constant('aws'), workspaceId: text, region: text }),
  fc.record({ kind: fc.constant('google-cloud') }),
)

const run: fc.Arbitrary<RunEntry> = fc.record({
  kind: fc.constant('run'),
  version: fc.constant(3),
  runKey: text,
  startedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  baseUrl: fc.webUrl(),
  identity,
  cleanup: fc.constantFrom(...CLEANUPS),
  onPartial: fc.constantFrom(...ON_PARTIAL),
  sessionCleanup: fc.constantFrom(...SESSION_CLEANUPS),
  cleanupWaitMs: amount,
  concurrency: fc.integer({ min: 1, max: 32 }),
})

const upload: fc.Arbitrary<UploadEntry> = fc.record(
  { kind: fc.constant('upload'), name: text, mountPath: text, fileId: text },
  { requiredKeys: ['kind', 'name', 'mountPath'] },
)

const session: fc.Arbitrary<SessionEntry> = fc.record(
  {
    kind: fc.constant('session'),
    agentId: text,
    resources: amount,
    isNamed: fc.boolean(),
    sessionId: text,
    lostNameRace: fc.constant(true),
    isDeleted: fc.constant(true),
  },
  { requiredKeys: ['kind', 'agentId', 'resources', 'isNamed'] },
)

const resource: fc.Arbitrary<ResourceEntry> = fc.record(
  { kind: fc.constant('resource'), sessionId: text, mountPath: text, name: text, resourceId: text },
  { requiredKeys: ['kind', 'sessionId', 'mountPath', 'name'] },
)

const removal: fc.Arbitrary<Extract<Entry, { kind: 'removal' }>> = fc.record({
  kind: fc.constant('removal'),
  sessionId: text,
  mountPath: text,
  resourceId: text,
})

const prompt: fc.Arbitrary<Extract<Entry, { kind: 'prompt' }>> = fc.record(
  { kind: fc.constant('prompt'), sessionId: text, eventId: text },
  { requiredKeys: ['kind', 'sessionId'] },
)

const complete: fc.Arbitrary<Extract<Entry, { kind: 'complete' }>> = fc.constant({ kind: 'complete' })

const effect: fc.Arbitrary<Effect> = fc.oneof(upload, session, resource, removal, prompt)
const entry: fc.Arbitrary<Entry> = fc.oneof(run, effect, complete)

/** One character of a text that is something else, or is not there. */
const damage: fc.Arbitrary<(whole: string) => string> = fc
  .tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 1 }))
  .map(([at, other]) => (whole: string) => {
    const index = at % Math.max(whole.length, 1)
    return whole.slice(0, index) + other + whole.slice(index + 1)
  })

const junk: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.tuple(entry, damage).map(([whole, spoil]) => spoil(encodeEntry(whole))),
  fc.tuple(entry, fc.json()).map(([{ kind }, other]) => `{"kind":"${kind}","name":${other},"mountPath":${other}}`),
  fc
    .dictionary(fc.constantFrom('kind', 'name', 'sessionId', '__proto__', 'version'), fc.jsonValue())
    .map((value) => JSON.stringify(value)),
)

test('every entry is read as it was written', () => {
  fc.assert(
    fc.property(entry, (given) => expect(decodeEntry(encodeEntry(given))).toEqual(given)),
    { numRuns: 2000 },
  )
})

test('junk is no entry, or one that is whole', () => {
  fc.assert(
    fc.property(junk, (given) => {
      const read = decodeEntry(given)
      if (read !== undefined) expect(decodeEntry(encodeEntry(read))).toEqual(read)
    }),
    { numRuns: 5000 },
  )
})

test('what a run writes, post reads, in the same order', () => {
  const writes = fc.array(
    fc.oneof(
      fc.record({ intent: effect, outcome: effect }),
      fc.record({ intent: effect, withdrawn: fc.constant(true) }),
      fc.record({ intent: effect }),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(run, writes, fc.boolean(), (beginning, given, isComplete) => {
      const state = new Map<string, string>()
      const writer = new LedgerWriter((key, value) => state.set(key, value), beginning)
      const open = given.map((write) => ({ write, entry: writer.begin(write.intent) }))
      // Replies come in any order.
      for (const { write, entry: begun } of open.toReversed()) {
        if ('outcome' in write) begun.finish(write.outcome)
        if ('withdrawn' in write) begun.withdraw()
      }
      if (isComplete) writer.complete()
      const effects = given.flatMap((write) => {
        if ('withdrawn' in write) return []
        return ['outcome' in write ? write.outcome : write.intent]
      })
      expect(readLedger(state)).toEqual({ run: beginning, effects, complete: isComplete })
    }),
  )
})

test('no state makes reading fail otherwise than it says', () => {
  const key = fc.oneof(fc.constantFrom('run', 'complete', 'effect_1', 'effect_2', 'effect_x', 'effect_-1'), fc.string())
  const value = fc.oneof(junk, entry.map(encodeEntry), fc.constant(''))
  fc.assert(
    fc.property(fc.dictionary(key, value), (state) => {
      try {
        const ledger = readLedger(new Map(Object.entries(state)))
        if (ledger !== undefined) expect(ledger.run.kind).toBe('run')
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerError)
      }
    }),
    { numRuns: 2000 },
  )
})
