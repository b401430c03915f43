import type { IncomingMessage, RequestListener } from 'node:http'
import type { AgentScript } from './agent/agent-script.ts'
import { decodeAgentScript } from './agent/agent-script-decode.ts'
import { decodeFaults, type Fault } from './faults/fault.ts'
import { addOutput } from './files/files.ts'
import { jsonAnswer, problemAnswer, send } from './http/answer.ts'
import { blobOf } from './http/blob.ts'
import { Fields } from './http/fields.ts'
import type { JournalEntry } from './http/journal.ts'
import { readJson } from './http/json-body.ts'
import { invalid, missing } from './http/problem.ts'
import { splitTarget } from './http/query.ts'
import { findSession } from './sessions/session.ts'
import type { Snapshot } from './snapshot.ts'
import type { SessionStatus, World } from './world.ts'

export const CONTROL_PREFIX = '/_emulator/'

const STATUSES = ['idle', 'running', 'rescheduling', 'terminated'] as const

/** What of the emulator can be told from outside. */
export interface Controlled {
  journal(): readonly JournalEntry[]
  snapshot(): Snapshot
  addFault(fault: Fault): void
  clearFaults(): void
  /** From now on messages are answered by this script, or not at all, until a reset. */
  scriptAgent(script: AgentScript | 'silent'): void
  /** Back to how it started, the options' faults and script included. */
  reset(): void
  setSessionStatus(id: string, status: SessionStatus): void
  /** From now on only this key is good, until a reset. */
  setApiKey(apiKey: string): void
  /** Every access token that was issued is refused from now on. */
  revokeTokens(): void
  /** Ends at once: open connections are cut. */
  close(): Promise<void>
}

/** Time for the reply to arrive. */
const CLOSE_AFTER_MS = 100

type Command = (emulator: Controlled, world: World, body: unknown, id: string) => unknown

/** What a test in another process needs: the emulator's own interface over HTTP, without key and journal. */
const COMMANDS: readonly (readonly [RegExp, Command])[] = [
  [/^GET journal$/, (emulator) => emulator.journal()],
  [/^GET snapshot$/, (emulator) => emulator.snapshot()],
  [/^POST faults$/, (emulator, _world, body) => addFaults(emulator, body)],
  [/^DELETE faults$/, (emulator) => done(() => emulator.clearFaults())],
  [/^POST revoke-tokens$/, (emulator) => done(() => emulator.revokeTokens())],
  [/^POST api-key$/, (emulator, _world, body) => setApiKey(emulator, body)],
  [/^POST agent-script$/, (emulator, _world, body) => done(() => emulator.scriptAgent(decodeAgentScript(body)))],
  [/^POST reset$/, (emulator) => done(() => emulator.reset())],
  [/^POST close$/, (emulator) => done(() => void setTimeout(() => void emulator.close(), CLOSE_AFTER_MS))],
  [/^POST sessions\/([^/]+)\/status$/, (emulator, _world, body, id) => setStatus(emulator, body, id)],
  [/^POST sessions\/([^/]+)\/outputs$/, (_emulator, world, body, id) => writeOutput(world, body, id)],
]

export function createControl(emulator: Controlled, world: World): RequestListener {
  return (request, response) => {
    void run(emulator, world, request)
      .then((value) => jsonAnswer(200, value))
      .catch((error: unknown) => problemAnswer(error, 'none'))
      .then((answer) => send(response, answer))
  }
}

async function run(emulator: Controlled, world: World, request: IncomingMessage): Promise<unknown> {
  const line = `${request.method} ${splitTarget(request.url).path.slice(CONTROL_PREFIX.length)}`
  const bodied = /^POST (faults|api-key|agent-script|sessions\/)/.test(line)
  const body = bodied ? await readJson(request) : undefined
  for (const [pattern, command] of COMMANDS) {
    const found = pattern.exec(line)
    if (found !== null) return command(emulator, world, body, found[1] ?? '')
  }
  throw missing(`No such command: ${line}`)
}

function done(act: () => void): object {
  act()
  return { ok: true }
}

/** None is added unless all are well formed. */
function addFaults(emulator: Controlled, body: unknown): object {
  const faults = decodeFaults(body)
  for (const fault of faults) emulator.addFault(fault)
  return { added: faults.length }
}

function setApiKey(emulator: Controlled, body: unknown): object {
  return done(() => emulator.setApiKey(new Fields(body).text('key', { max: 1000 })))
}

function setStatus(emulator: Controlled, body: unknown, id: string): object {
  const status = new Fields(body).oneOf('status', STATUSES)
  if (status === undefined) throw invalid('status: Field required')
  emulator.setSessionStatus(id, status)
  return { id, status }
}

function writeOutput(world: World, body: unknown, id: string): object {
  const fields = new Fields(body)
  const filename = fields.text('filename', { max: 4096 })
  const sizeBytes = fields.wholeNumber('sizeBytes', 0, Number.MAX_SAFE_INTEGER)
  const output = sizeBytes === undefined ? fields.text('content', { min: 0, max: 32 * 1024 * 1024 }) : { sizeBytes }
  fields.end()
  const { facts } = findSession(world, id)
  return { id: addOutput(world, facts.id, filename, blobOf(output)).id }
}
