import type { IncomingMessage, RequestListener } from 'node:http'
import * as v from 'valibot'
import type { AgentScript } from './agent/agent-script.ts'
import { decodeAgentScript } from './agent/agent-script.ts'
import { decodeFaults, type Fault } from './faults/fault.ts'
import { addOutput } from './files/files.ts'
import { jsonAnswer, problemAnswer, send } from './http/answer.ts'
import { blobOf } from './http/blob.ts'
import type { JournalEntry } from './http/journal.ts'
import { readJson } from './http/json-body.ts'
import { invalid, missing } from './http/problem.ts'
import { splitTarget } from './http/query.ts'
import { decode, object, optional, text, wholeNumber } from './http/schema.ts'
import { findSession } from './sessions/session.ts'
import type { Snapshot } from './snapshot.ts'
import type { SessionStatus, World } from './world.ts'

export const CONTROL_PREFIX = '/_emulator/'

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

const API_KEY = object({ key: text(1000) })

function setApiKey(emulator: Controlled, body: unknown): object {
  return done(() => emulator.setApiKey(decode(API_KEY, body).key))
}

const STATUS = object({ status: v.picklist(['idle', 'running', 'rescheduling', 'terminated']) })

function setStatus(emulator: Controlled, body: unknown, id: string): object {
  const { status } = decode(STATUS, body)
  emulator.setSessionStatus(id, status)
  return { id, status }
}

const OUTPUT = object({
  filename: text(4096),
  sizeBytes: optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  content: optional(text(32 * 1024 * 1024, 0)),
})

function writeOutput(world: World, body: unknown, id: string): object {
  const { filename, sizeBytes, content } = decode(OUTPUT, body)
  const output = sizeBytes === undefined ? content : { sizeBytes }
  if (output === undefined) throw invalid('content: Field required')
  const { facts } = findSession(world, id)
  return { id: addOutput(world, facts.id, filename, blobOf(output)).id }
}
