import type { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { listResources } from '../api/resources.ts'
import { interruptSession, retrieveSession, type Session } from '../api/sessions.ts'
import type { Applied } from '../apply/applied.ts'
import { endingText, TurnLog, timeoutText } from '../report/turn-log.ts'
import type { Runner } from '../runner/runner.ts'
import { Interrupted } from '../stop/interrupted.ts'
import { pause } from '../stop/pause.ts'
import { truncate } from '../text/truncate.ts'
import { EventFeed } from './event-feed.ts'
import { type EventHistory, NO_HISTORY, readHistory } from './event-history.ts'
import { follow, lastIdle } from './follow.ts'
import { mountContext } from './mount-context.ts'
import { type SentPrompt, sendPrompt } from './send-prompt.ts'
import { type Ending, type Turn, TurnRecord } from './turn.ts'

/** What to say to the agent of a session on which everything is mounted, and how long to listen. */
export interface Conversation {
  readonly prompt: string | undefined
  readonly mountContext: boolean
  /** Undefined when nothing is waited for. */
  readonly waitSeconds: number | undefined
  readonly sessionId: string
  readonly applied: Applied
  /** Those that this step attached. */
  readonly memoryStoreIds: readonly string[]
  /** How to unpack the archive, where one was mounted. */
  readonly unpackCommand: string | undefined
}

/** What a conversation needs beside. */
export interface ConversationContext {
  readonly client: Client
  readonly runner: Runner
  /** Ends the wait at once. */
  readonly signal: AbortSignal
}

/** What came of it. `turn` is there if it was waited for, also with a failure, as far as things got. */
export interface Conversed {
  readonly turn: Turn | undefined
  readonly failure: unknown
}

/** Documented limit of the output, in bytes. Linux takes at most 128 KiB in one environment variable. */
const MAX_REPLY = 100_000

/** The wait is over; what was asked for its sake is not needed any more. */
const OVER = new Interrupted('the wait is over', 'unknown')

/** Sends the prompt, and follows the session until the agent is done. Does not throw. */
export async function converse(conversation: Conversation, context: ConversationContext): Promise<Conversed> {
  const record = new TurnRecord()
  try {
    const start = await startOf(conversation, context)
    if (conversation.waitSeconds === undefined) {
      await tell(conversation, context, start)
      return { turn: undefined, failure: undefined }
    }
    return await tellAndWait(conversation, context, start, record)
  } catch (failure) {
    const turn = conversation.waitSeconds === undefined ? undefined : await turnOf(conversation, context, record)
    return { turn, failure }
  }
}

/** How the session stands before it is told anything. */
interface Start {
  readonly history: EventHistory
  readonly wasIdle: boolean
}

async function startOf({ sessionId, applied }: Conversation, { client }: ConversationContext): Promise<Start> {
  if (applied.sessionCreated) return { history: NO_HISTORY, wasIdle: true }
  // In this order: the event comes before the status (observed), so that the history has why the session is idle.
  const { status } = await retrieveSession(client, sessionId)
  return { history: await readHistory(client, sessionId), wasIdle: status === 'idle' }
}

async function tell(
  conversation: Conversation,
  { client, runner }: ConversationContext,
  { history, wasIdle }: Start,
): Promise<SentPrompt | undefined> {
  const { prompt, sessionId } = conversation
  if (prompt === undefined) return undefined
  const context = await contextOf(conversation, client)
  const text = context === '' ? prompt : `${context}\n\n${prompt}`
  const sent = await sendPrompt(text, { client, sessionId, history, wasIdle })
  runner.info(
    wasIdle
      ? `Sent the prompt to session ${sessionId}`
      : `Session ${sessionId} is at work; the prompt waits for its turn`,
  )
  return sent
}

async function contextOf(conversation: Conversation, client: Client): Promise<string> {
  const { applied, memoryStoreIds, unpackCommand, sessionId } = conversation
  if (!conversation.mountContext) return ''
  const resources = memoryStoreIds.length === 0 ? [] : await listResources(client, sessionId)
  const memoryStorePaths = resources.flatMap(({ memory_store_id, mount_path }) =>
    memory_store_id !== undefined && memoryStoreIds.includes(memory_store_id) ? (mount_path ?? []) : [],
  )
  return mountContext({ applied, memoryStorePaths, unpackCommand })
}

async function tellAndWait(
  conversation: Conversation,
  context: ConversationContext,
  start: Start,
  record: TurnRecord,
): Promise<Conversed> {
  const { sessionId, waitSeconds = 0 } = conversation
  const { client, runner, signal } = context
  const done = new AbortController()
  const watched = AbortSignal.any([signal, done.signal])
  const feed = new EventFeed({
    client,
    sessionId,
    history: start.history,
    signal: watched,
    log: (line) => runner.info(line),
  })
  try {
    await feed.open()
    const prompt = await tell(conversation, context, start)
    const log = new TurnLog(runner, record)
    const followed = { client, sessionId, history: start.history, prompt, signal: watched }
    const ending =
      prompt === undefined && start.wasIdle
        ? { kind: 'was-idle' as const, last: await lastIdle(client, sessionId) }
        : await within(waitSeconds, signal, () =>
            follow(followed, feed, async (event, isOurs) => {
              record.note(event, isOurs)
              if (isOurs) await log.show(event)
            }),
          )
    if (ending === 'timeout') {
      done.abort(OVER)
      const turn = await turnOf(conversation, context, record)
      return { turn, failure: new Error(timeoutText(sessionId, waitSeconds)) }
    }
    return await conclude(conversation, context, record, ending)
  } finally {
    feed.close()
    done.abort(OVER)
  }
}

/** What the work comes to, unless time is up before, or the run is cancelled. @throws what it throws, or the reason of the signal */
async function within<T>(seconds: number, signal: AbortSignal, work: () => Promise<T>): Promise<T | 'timeout'> {
  const timer = new AbortController()
  const timeout = pause(seconds * 1000, AbortSignal.any([signal, timer.signal])).then((): 'timeout' => 'timeout')
  const result = work()
  // One of the two is not waited for any more when the other is there.
  for (const each of [timeout, result]) each.catch(() => undefined)
  try {
    return await Promise.race([result, timeout])
  } finally {
    timer.abort()
  }
}

async function conclude(
  conversation: Conversation,
  context: ConversationContext,
  record: TurnRecord,
  ending: Ending,
): Promise<Conversed> {
  const { sessionId, prompt } = conversation
  const text = endingText(sessionId, ending, record)
  const more = ending.kind === 'no-repository' && prompt !== undefined ? `\n${await interrupt(sessionId, context)}` : ''
  const turn = await turnOf(conversation, context, record, ending)
  context.runner.info(
    `Session ${sessionId} is ${turn.status ?? 'in an unknown state'}${turn.stopReason === undefined ? '' : ` (${turn.stopReason})`}`,
  )
  return { turn, failure: text === undefined ? undefined : new Error(`${text}${more}`) }
}

/** Without the repository the agent would go on with work that is of no use. Returns what came of it, in words. */
async function interrupt(sessionId: string, { client }: ConversationContext): Promise<string> {
  try {
    await interruptSession(client, sessionId)
    return 'The agent would have gone on without it; it was interrupted.'
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return `The agent goes on without it, and could not be interrupted: ${error.message}`
  }
}

/** How often, and how long apart, a session is asked that has told that it is idle but does not say so yet (observed). */
const IDLE_LAG = { times: 10, ms: 200 } as const

/** What is known of the turn in the end. What cannot be asked any more is left out. */
async function turnOf(
  { sessionId }: Conversation,
  { client, signal }: ConversationContext,
  record: TurnRecord,
  ending?: Ending,
): Promise<Turn> {
  const isIdle = ending?.kind === 'idle' || ending?.kind === 'was-idle'
  const session = ending?.kind === 'deleted' ? undefined : await lastLook(client, sessionId, isIdle, signal)
  const idle = ending?.kind === 'was-idle' ? ending.last : ending?.kind === 'idle' ? ending : undefined
  const status = isIdle
    ? 'idle'
    : ending?.kind === 'no-repository'
      ? session?.status
      : (ending?.kind ?? session?.status)
  return {
    status,
    stopReason: idle?.stopReason,
    reply: Buffer.byteLength(record.reply) <= MAX_REPLY ? record.reply : `${truncate(record.reply, MAX_REPLY - 3)}…`,
    usage: session?.usage,
    errors: record.errors,
  }
}

async function lastLook(
  client: Client,
  sessionId: string,
  isIdle: boolean,
  signal: AbortSignal,
): Promise<Session | undefined> {
  try {
    for (let times = 1; ; times++) {
      const session = await retrieveSession(client, sessionId)
      if (!isIdle || session.status === 'idle' || times >= IDLE_LAG.times) return session
      await pause(IDLE_LAG.ms, signal)
    }
  } catch (error) {
    if (error instanceof ApiError || error instanceof Interrupted) return undefined
    throw error
  }
}
