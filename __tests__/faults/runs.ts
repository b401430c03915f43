import { setTimeout as sleep } from 'node:timers/promises'
import { type Act, type Emulator, SEED_AGENT, SEED_ENVIRONMENT } from '../../emulator/emulator.ts'
import { fingerprintOf, uploadName } from '../../src/desired/files/upload-name.ts'
import { RUN_KEY_METADATA } from '../../src/ledger/run-key.ts'
import { call } from '../harness/service.ts'
import { sha256 } from '../harness/workspace.ts'

/** A run of the matrix: what is there before it, and what it is to come to. */
export interface Run {
  readonly name: string
  readonly title: string
  /** Files of the workspace, by name. */
  readonly files: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, string>>
  /** What an earlier run with `cleanup: never` mounted on the session, by name; of a run onto an existing session. */
  readonly earlier?: Readonly<Record<string, string>>
  /** Onto a session of that name that has the repository at another commit, and that is kept or replaced. */
  readonly follows?: 'kept' | 'replaced'
  /** Resources beside the files. */
  readonly besides?: readonly string[]
  /** What the agent does when it is told something; of a run with a prompt. */
  readonly turn?: readonly Act[]
  /** What has paused at the budget of that session before; of a run onto an existing session. */
  readonly paused?: readonly Act[]
  /** What the outputs of a success say, too. */
  readonly outputs?: Readonly<Record<string, string>>
  /** What becomes of the session at the end of a run that succeeded. */
  readonly ends: 'stays' | 'goes'
}

/** Sees the repository of the third run; never to be seen. */
export const REPOSITORY_TOKEN = 'github_pat_11FAULTSOFALLKINDS'

/** What the agent says to a run with a prompt. */
export const REPLY = 'All is well.'

const ANSWER = {
  inputs: { prompt: 'Review it.', wait: 'true', 'wait-timeout': '5s' },
  turn: [{ act: 'message', text: REPLY }, { act: 'idle' }],
} as const

const THREE = { 'a.txt': 'alpha\n', 'b.txt': 'beta\n', 'data/c.txt': 'gamma\n' }

/** The tip of the repository's one branch. */
export const COMMIT = 'c0de'.repeat(10)

const FOLLOW = {
  'session-name': 'PR #7',
  repository: 'octo/app',
  ref: COMMIT,
  'github-token': REPOSITORY_TOKEN,
} as const

/** The runs of the matrix, by name. */
export const RUNS: Readonly<Record<string, Run>> = {
  R1: { name: 'R1', title: '3 files onto a new session', files: THREE, inputs: {}, ends: 'stays' },
  R2: { name: 'R2', title: '3 files onto an existing session', files: THREE, inputs: {}, earlier: {}, ends: 'stays' },
  R3: {
    name: 'R3',
    title: 'a missing session by name, with repository and memory store',
    files: { 'a.txt': 'alpha\n', 'b.txt': 'beta\n' },
    inputs: {
      'session-name': 'Nightly',
      'session-cleanup': 'delete',
      repository: 'octo/app',
      checkout: 'default',
      'github-token': REPOSITORY_TOKEN,
      'memory-stores': 'memstore_team: read_only',
    },
    besides: ['github_repository', 'memory_store'],
    ends: 'goes',
  },
  R4: {
    name: 'R4',
    title: 'a refresh that replaces 2 of 3',
    files: THREE,
    inputs: {},
    earlier: { ...THREE, 'a.txt': 'old alpha\n', 'b.txt': 'old beta\n' },
    ends: 'stays',
  },
  R5: {
    name: 'R5',
    title: 'a file onto a new session, a prompt, and the wait for its answer',
    files: { 'a.txt': 'alpha\n' },
    inputs: { ...ANSWER.inputs, 'session-cleanup': 'delete' },
    turn: ANSWER.turn,
    ends: 'goes',
  },
  R6: {
    name: 'R6',
    title: 'the same onto an existing session',
    files: { 'a.txt': 'alpha\n' },
    inputs: ANSWER.inputs,
    turn: ANSWER.turn,
    earlier: {},
    ends: 'stays',
  },
  R7: {
    name: 'R7',
    title: 'a file, on a new session that takes the name of one with another commit',
    files: { 'a.txt': 'alpha\n' },
    inputs: { ...FOLLOW, 'on-new-commit': 'recreate' },
    follows: 'replaced',
    besides: ['github_repository'],
    ends: 'stays',
  },
  R8: {
    name: 'R8',
    title: 'a prompt that has the agent fetch another commit',
    files: { 'a.txt': 'alpha\n' },
    inputs: { ...FOLLOW, 'on-new-commit': 'fetch', ...ANSWER.inputs },
    turn: ANSWER.turn,
    follows: 'kept',
    besides: ['github_repository'],
    ends: 'stays',
  },
  R9: {
    name: 'R9',
    title: 'an outcome on a new session with a memory store, which is satisfied after a revision',
    files: { 'a.txt': 'alpha\n' },
    inputs: {
      ...{ ...ANSWER.inputs, rubric: 'It is reviewed.', budget: '1', 'session-cleanup': 'delete' },
      // Where it is mounted is known only then, so that the outcome is sent by itself.
      'memory-stores': 'memstore_team: read_only',
    },
    besides: ['memory_store'],
    turn: [
      { act: 'evaluate', result: 'needs_revision' },
      { act: 'message', text: REPLY },
      { act: 'evaluate', result: 'satisfied' },
      { act: 'idle' },
    ],
    outputs: { outcome: 'satisfied', 'outcome-iterations': '2' },
    ends: 'goes',
  },
  R10: {
    name: 'R10',
    title: 'a prompt to an existing session, whose agent asks to use six tools',
    files: { 'a.txt': 'alpha\n' },
    inputs: { ...ANSWER.inputs, 'wait-timeout': '20s', 'allow-tools': 'bash', 'on-tool-confirmation': 'deny' },
    turn: [
      { act: 'ask', tools: [...Array(5).fill({ name: 'bash' }), { name: 'merge', server: 'github' }] },
      ...ANSWER.turn,
    ],
    earlier: {},
    ends: 'stays',
  },
  R11: {
    name: 'R11',
    title: 'a prompt and a higher budget for a session that has paused at its own',
    files: { 'a.txt': 'alpha\n' },
    inputs: { ...ANSWER.inputs, 'wait-timeout': '20s', budget: '1' },
    turn: ANSWER.turn,
    paused: [{ act: 'spend', cents: 1 }, { act: 'spend', cents: 1 }, { act: 'wait', ms: 2_000 }, { act: 'idle' }],
    earlier: {},
    ends: 'stays',
  },
}

/** Of an earlier run, in the names of its uploads. */
const EARLIER_MARK = '00000000feedbeef00112233'

/** What others have on the server before a run: an upload, a file on a session of theirs, and another run's session. */
export async function prepare(emulator: Emulator, { earlier, follows, paused }: Run): Promise<string | undefined> {
  const theirs = await upload(emulator, 'theirs.txt', 'theirs\n')
  const mounted = { type: 'file', file_id: theirs, mount_path: '/theirs.txt' }
  await create(emulator, { title: 'Weekly', resources: [mounted] })
  await create(emulator, { metadata: { [RUN_KEY_METADATA]: 'octo/app/4242/1/test/0011223344556677' }, resources: [] })
  if (follows !== undefined) {
    const checkout = { type: 'commit', sha: 'feed'.repeat(10) }
    const repository = { type: 'github_repository', url: 'https://github.com/octo/app', checkout }
    return create(emulator, { title: FOLLOW['session-name'], resources: [mounted, repository] })
  }
  if (earlier === undefined) return undefined
  const resources = [mounted]
  for (const [name, content] of Object.entries(earlier)) {
    const mountPath = `/${name}`
    const id = await upload(
      emulator,
      uploadName({ mountPath, fingerprint: fingerprintOf(sha256(content)) }, EARLIER_MARK),
      content,
    )
    resources.push({ type: 'file', file_id: id, mount_path: mountPath })
  }
  if (paused === undefined) return create(emulator, { title: 'Existing', resources })
  const budget = { type: 'limit', max_list_cost: { amount: '1', currency: 'USD' } }
  const events = [{ type: 'user.message', content: [{ type: 'text', text: 'Old work.' }] }]
  const id = await create(emulator, { title: 'Existing', resources, budget, initial_events: events })
  const isIdle = () => emulator.snapshot().sessions.some((session) => session.id === id && session.status === 'idle')
  while (!isIdle()) await sleep(5)
  return id
}

async function upload(emulator: Emulator, name: string, content: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return (await call(emulator, 'POST', '/v1/files', form)).id
}

async function create(emulator: Emulator, more: object): Promise<string> {
  const body = { agent: SEED_AGENT, environment_id: SEED_ENVIRONMENT, ...more }
  return (await call(emulator, 'POST', '/v1/sessions', JSON.stringify(body))).id
}
