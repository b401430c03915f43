import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Emulator, type Fault, SEED_AGENT, SEED_ENVIRONMENT, startEmulator } from '../../emulator/emulator.ts'
import type { Client } from '../../src/api/client.ts'
import { apiKey } from '../../src/api/credentials/api-key.ts'
import { Gate } from '../../src/api/gate.ts'
import { createClient } from '../../src/api/http-client.ts'
import { openTransport } from '../../src/api/transport.ts'
import type { Applied } from '../../src/apply/applied.ts'
import { Applier } from '../../src/apply/apply.ts'
import type { Desired } from '../../src/desired/desire.ts'
import { singleFile } from '../../src/desired/files/desired-file.ts'
import { findFiles, readFiles } from '../../src/desired/files/files.ts'
import { Guard } from '../../src/desired/files/guard.ts'
import { parseFilePatterns } from '../../src/inputs/file-patterns.ts'
import type { SessionTarget } from '../../src/inputs/session-target.ts'
import type { SessionCleanup } from '../../src/ledger/cleanup-settings.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { observe } from '../../src/observed/observed.ts'
import { plan } from '../../src/plan/plan.ts'
import { Progress } from '../../src/report/progress.ts'
import { undo } from '../../src/undo/undo.ts'
import { createSession } from '../harness/service.ts'
import { Workspace } from '../harness/workspace.ts'
import { content, isInTheWay, tree } from './tree.ts'

const NEVER = { startNothingNew: new AbortController().signal, abortInFlight: new AbortController().signal }
const CREATE = { agentId: SEED_AGENT, agentVersion: undefined, environmentId: SEED_ENVIRONMENT } as const
const NEW = { ...CREATE, title: undefined, vaultIds: [], metadata: {}, budgetCents: undefined } as const
const NAME = 'Property'

let emulator: Emulator
let client: Client
let closeTransport: () => Promise<void>

beforeAll(async () => {
  emulator = await startEmulator()
  const { transport, close } = await openTransport(new URL(emulator.url), 8, {})
  closeTransport = close
  client = createClient({
    transport,
    credential: apiKey(emulator.apiKey),
    gate: new Gate(8, Number.POSITIVE_INFINITY, () => {}),
    stop: NEVER,
    maxAttempts: 1,
    debug: () => {},
    log: () => {},
  })
})

beforeEach(() => emulator.reset())

afterAll(async () => {
  await closeTransport()
  await emulator.close()
})

/** A run, and what is there before it. */
interface Situation {
  readonly wanted: ReadonlyMap<string, string>
  /** Somebody else's files. */
  readonly theirs: ReadonlyMap<string, string>
  /** Which of the wanted files an earlier run has mounted. */
  readonly earlier: readonly boolean[]
  readonly target: 'existing' | 'named' | 'new' | 'new-named'
  readonly sessionCleanup: SessionCleanup
  readonly concurrency: number
  readonly fault: Fault | undefined
}

const METHODS = [
  { method: 'POST', path: '^/v1/files$' },
  { method: 'POST', path: '^/v1/sessions$' },
  { method: 'POST', path: '/resources$' },
  { method: 'GET', path: '^/v1/sessions' },
] as const

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(400, 401, 403, 404, 429),
    match: fc.constantFrom(...METHODS),
    nth: fc.integer({ min: 1, max: 4 }),
  }),
  // What is made although the reply is lost; an upload of which that is so is left to its expiry, and no case here.
  fc.record({
    kind: fc.constantFrom('reset-after-commit' as const, 'truncated-json' as const, 'empty' as const),
    match: fc.constantFrom(METHODS[1], METHODS[2]),
    nth: fc.integer({ min: 1, max: 4 }),
  }),
)

const situation: fc.Arbitrary<Situation> = fc.record({
  wanted: tree(content, 6).filter((files) => files.size > 0),
  theirs: tree(content, 4),
  earlier: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  target: fc.constantFrom('existing', 'existing', 'named', 'new', 'new-named'),
  sessionCleanup: fc.constantFrom('delete', 'keep'),
  concurrency: fc.integer({ min: 1, max: 8 }),
  fault: fc.option(fault, { nil: undefined }),
})

async function filesOnDisk(workspace: Workspace, wanted: ReadonlyMap<string, string>): Promise<Desired['files']> {
  workspace.write(Object.fromEntries([...wanted].map(([path, text]) => [path.slice(1), text])))
  const names = JSON.stringify([...wanted.keys()].map((path) => path.slice(1)))
  const patterns = parseFilePatterns(names, (message) => {
    throw new Error(message)
  })
  const request = {
    patterns,
    root: workspace.root,
    mountPath: '/',
    listFile: undefined,
    allowSensitiveFiles: [],
    archive: 'never',
  } as const
  const options = { ifNoFilesFound: 'error', includeHiddenFiles: true, followSymbolicLinks: false } as const
  const guard = await Guard.open([], {}, [])
  const signal = NEVER.startNothingNew
  const found = await findFiles({ ...request, ...options }, { maxResources: 500, others: 0 }, guard, signal)
  const read = await readFiles(found, { guard, signal, taker: undefined, onRead: () => undefined })
  return read.files.map(singleFile)
}

function targetOf(target: Situation['target'], sessionId: string): SessionTarget {
  if (target === 'existing') return { kind: 'existing', sessionId }
  if (target === 'new') return { kind: 'new', create: NEW }
  const name = target === 'named' ? NAME : 'Another'
  return { kind: 'named', name, create: { ...NEW, title: name } }
}

function desiredOf(files: Desired['files'], target: SessionTarget): Desired {
  const nothing = { repository: undefined, memoryStores: [] } as const
  const refresh = { prune: false, overwrite: false } as const
  return {
    target,
    files,
    ...nothing,
    maxResources: 500,
    refresh,
    mountPath: '/',
    prompt: undefined,
    budgetCents: undefined,
  }
}

/** A run as main and post make it; the ledger goes through the state's text. */
async function applyAndUndo(desired: Desired, given: Situation): Promise<Applied> {
  const [runKey, startedAt] = [`octo/app/1/1/test/${Math.random()}`, new Date()]
  const { concurrency, sessionCleanup } = given
  const steps = plan(desired, await observe(client, desired))
  const state = new Map<string, string>()
  const ledger = new LedgerWriter((key, value) => state.set(key, value), {
    ...{ kind: 'run', version: 3, runKey, startedAt: startedAt.toISOString(), baseUrl: emulator.url },
    identity: { kind: 'api-key' },
    ...{ cleanup: 'always', onPartial: 'undo', sessionCleanup, cleanupWaitMs: 0, concurrency },
  })
  const applier = new Applier({
    ...{ client, ledger, runKey, marked: { runKey, sweptBy: 'octo/app' }, startedAt },
    ...{ expiresInSeconds: 3600, concurrency, sessionCleanup },
    ...{
      onPartial: 'undo',
      progress: new Progress(steps, () => {}),
      stop: NEVER,
      log: () => {},
      repositoryToken: undefined,
      opening: undefined,
    },
  })
  if (given.fault !== undefined) emulator.addFault(given.fault)
  const applied = await applier.apply(steps)
  emulator.clearFaults()
  const written = readLedger(state)
  if (written === undefined) throw new Error('no ledger')
  const { left } = await undo(written, {
    client,
    concurrency,
    stop: NEVER,
    waitMs: 0,
    deadline: Number.POSITIVE_INFINITY,
    log: () => {},
  })
  expect(left).toEqual([])
  return applied
}

/** What is there, but for when a session was changed last. */
function observedState() {
  const { files, sessions } = emulator.snapshot()
  return { files, sessions: sessions.map(({ updated_at: _, ...session }) => session) }
}

test('undoing what a run did leaves what was there, whatever went wrong in between', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      emulator.reset()
      using workspace = new Workspace()
      const files = await filesOnDisk(workspace, given.wanted)
      const theirs = [...given.theirs].filter(([path]) => ![...given.wanted.keys()].some((w) => isInTheWay(w, path)))
      const id = await createSession(emulator, { title: NAME, files: Object.fromEntries(theirs) })
      await mountEarlier(
        files.filter((_, index) => given.earlier[index] === true),
        id,
        given,
      )
      const before = observedState()
      const applied = await applyAndUndo(desiredOf(files, targetOf(given.target, id)), given)
      const after = observedState()
      expect(after.files).toEqual(before.files)
      const isKept = applied.sessionCreated && applied.failure === undefined && given.sessionCleanup === 'keep'
      const stays = isKept ? [expect.objectContaining({ id: applied.sessionId, resources: [] })] : []
      expect(after.sessions).toEqual([...before.sessions, ...stays])
    }),
    { numRuns: 60 },
  )
})

/** An earlier run with `cleanup: never`; its uploads have expired since. */
async function mountEarlier(files: Desired['files'], sessionId: string, given: Situation): Promise<void> {
  const desired = desiredOf(files, { kind: 'existing', sessionId })
  const steps = plan(desired, await observe(client, desired))
  const startedAt = new Date()
  const ledger = new LedgerWriter(() => {}, {
    ...{ kind: 'run', version: 3, runKey: 'earlier', startedAt: startedAt.toISOString(), baseUrl: emulator.url },
    identity: { kind: 'api-key' },
    ...{
      cleanup: 'never',
      onPartial: 'undo',
      sessionCleanup: 'keep',
      cleanupWaitMs: 0,
      concurrency: 1,
      maxAttempts: 1,
    },
  })
  const run = new Applier({
    ...{ client, ledger, runKey: 'earlier', marked: { runKey: 'earlier', sweptBy: undefined }, startedAt },
    ...{ expiresInSeconds: 3600, concurrency: given.concurrency },
    ...{
      onPartial: 'undo',
      sessionCleanup: 'keep',
      progress: new Progress(steps, () => {}),
      stop: NEVER,
      log: () => {},
    },
    repositoryToken: undefined,
    opening: undefined,
  })
  const { failure } = await run.apply(steps)
  if (failure !== undefined) throw failure
}
