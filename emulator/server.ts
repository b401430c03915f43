import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { EventStream } from './events/event-stream.ts'
import { deviantAnswer, deviantRefusal } from './faults/deviant-answer.ts'
import { ConcurrentAdds, deviantBody, deviantQuery } from './faults/deviant-request.ts'
import type { Deviations } from './faults/deviation.ts'
import type { Fault, Faults } from './faults/fault.ts'
import { answerInstead, spoil } from './faults/faulty-answer.ts'
import { dropUnused } from './files/files.ts'
import { type Answer, problemAnswer, send, sendHalf } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { sendEventStream } from './http/event-stream-answer.ts'
import { betasOf, checkRequest } from './http/gate.ts'
import type { Journal, JournalLine } from './http/journal.ts'
import { Problem } from './http/problem.ts'
import { splitTarget } from './http/query.ts'
import type { RateGate } from './http/rate-limit.ts'
import { type Received, receive } from './http/receive.ts'
import type { TokenDesk } from './oauth/oauth.ts'
import { type Platform, WORKSPACE_HEADER, WORKSPACE_ID } from './platforms/platform.ts'
import { createRoutes, type Match } from './routes.ts'
import type { World } from './world.ts'

export interface ServerParts {
  readonly world: World
  readonly journal: Journal
  readonly faults: Faults
  readonly rate: RateGate
  readonly platform: Platform
  readonly desk: TokenDesk
  readonly latencyMs: number
  readonly bytesPerSecond: number | undefined
  readonly maxFileBytes: number
  readonly deviations: Deviations
  /** Ends every wait when the emulator closes. */
  readonly signal: AbortSignal
}

interface Exchange {
  readonly request: IncomingMessage
  readonly socket: Socket
  readonly path: string
  readonly search: string
  readonly requestId: string
  readonly line: JournalLine
  readonly fault: Fault | undefined
  readonly match: Match | undefined
  /** Why it must not meet another request, if it does. */
  readonly conflict: Problem | undefined
}

/** Answers the API. One request: fault, body, gate, operation, wait, reply. */
export function createListener(parts: ServerParts): RequestListener {
  const findRoute = createRoutes(parts.desk.exchange)
  const adds = new ConcurrentAdds()
  return (request, response) => {
    const isBelow = takePrefix(request, parts.platform.prefix)
    const { path, search } = splitTarget(request.url)
    const method = request.method ?? ''
    const requestId = parts.world.newId('req')
    const fault = parts.faults.strike(method, path)
    const line = parts.journal.open(request, requestId, fault?.kind)
    // Kept from the start: a request that has been cut no longer knows its socket.
    const { socket } = request
    const conflict = adds.enter(parts.deviations, `${method} ${path}`, response)
    const match = isBelow ? findRoute(method, path) : undefined
    const exchange = { request, socket, path, search, requestId, line, fault, match, conflict }
    response.setHeader('request-id', requestId)
    for (const [name, value] of Object.entries(parts.platform.replyHeaders?.(requestId) ?? {}))
      response.setHeader(name, value)
    if (parts.deviations.noWorkspaceId !== true) response.setHeader(WORKSPACE_HEADER, WORKSPACE_ID)
    serve(parts, exchange, response).catch(() => socket.destroy())
  }
}

/** From here on a request has the path that it has everywhere; false if it is for something else. */
function takePrefix(request: IncomingMessage, prefix: string): boolean {
  const { url = '' } = request
  if (!url.startsWith(prefix)) return false
  request.url = url.slice(prefix.length)
  return true
}

async function serve(parts: ServerParts, exchange: Exchange, response: ServerResponse): Promise<void> {
  const { fault, socket } = exchange
  if (fault?.kind === 'refuse') socket.destroy()
  else if (fault?.kind === 'reset-before-read') socket.resetAndDestroy()
  else {
    const answer = await produce(parts, exchange)
    if (answer instanceof EventStream) response.once('close', () => answer.close())
    // The operation has happened; whoever hangs up while waiting does not undo it.
    const wait = parts.latencyMs + (fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0)
    if (wait > 0) await sleep(wait, undefined, { signal: parts.signal })
    deliver(exchange, response, answer)
  }
}

function deliver({ fault, line, socket }: Exchange, response: ServerResponse, answer: Answer | EventStream): void {
  if (response.destroyed || fault?.kind === 'never-answer') return
  if (fault?.kind === 'reset-after-commit') socket.resetAndDestroy()
  else if (answer instanceof EventStream) {
    line.status(200)
    sendEventStream(response, answer, fault)
  } else if (fault?.kind === 'reset-mid-reply') sendHalf(response, answer)
  else {
    const sent = spoil(fault, answer)
    line.status(sent.status)
    // As the service does: who is not known has no workspace.
    if (sent.status === 401) response.removeHeader(WORKSPACE_HEADER)
    send(response, sent)
  }
}

async function produce(parts: ServerParts, exchange: Exchange): Promise<Answer | EventStream> {
  const answer = await produceAnswer(parts, exchange)
  return answer instanceof EventStream ? answer : deviantRefusal(parts.deviations, answer)
}

async function produceAnswer(parts: ServerParts, exchange: Exchange): Promise<Answer | EventStream> {
  const { requestId, fault } = exchange
  const instead = answerInstead(fault, requestId)
  // Before the body, which may take longer than an access token lives.
  const admitted = instead === undefined ? await admit(parts, exchange) : undefined
  const received = await receive(exchange.request, exchange.match?.route, exchange.line, parts)
  try {
    if (instead !== undefined) return instead
    if (admitted === undefined || admitted instanceof Problem) throw admitted
    const problem = received.problem ?? exchange.conflict
    if (problem !== undefined) throw problem
    return await act(parts, exchange, admitted, received)
  } catch (error) {
    return problemAnswer(error, requestId)
  } finally {
    if (received.upload !== undefined) dropUnused(parts.world, received.upload.blob)
  }
}

async function act(
  parts: ServerParts,
  exchange: Exchange,
  match: Match,
  received: Received,
): Promise<Answer | EventStream> {
  const { world, deviations } = parts
  const line = `${exchange.request.method} ${exchange.path}`
  const json = deviantBody(deviations, line, received.json, (id) => world.files.has(id))
  const query = deviantQuery(deviations, line, exchange.search)
  const call = callOf(exchange, query, match, { ...received, json })
  if (exchange.fault?.kind === 'duplicate') await match.route.operation(world, call)
  const result = await match.route.operation(world, call)
  if (result instanceof EventStream) return result
  return deviantAnswer(deviations, line, result, world.now())
}

/** The route, or why the request does not get there. */
async function admit(parts: ServerParts, { match, request, path }: Exchange): Promise<Match | Problem> {
  if (match === undefined) return parts.platform.refusePath(path)
  try {
    await checkRequest(request, match, parts)
    return match
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const callOf = (
  { request }: Exchange,
  query: URLSearchParams,
  { params }: Match,
  { json, upload }: Received,
): Call => ({
  params,
  query,
  betas: betasOf(request.headers),
  json,
  upload,
})
