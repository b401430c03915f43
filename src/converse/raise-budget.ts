import { changeBudget, interruptSession, retrieveSession } from '../api/sessions.ts'
import { spendingOf } from '../api/usage.ts'
import { type EffectContext, performEffect } from '../apply/effect.ts'
import { pause } from '../stop/pause.ts'
import { formatCents } from '../text/format.ts'
import { readNew } from './read-events.ts'
import type { SessionBefore } from './session-before.ts'

/**
 * Lets a session cost so many cents more than it has. What has paused at its budget goes on by itself then (documented).
 * @throws EffectError, Interrupted
 */
export async function raiseBudget(
  sessionId: string,
  more: number,
  before: SessionBefore,
  context: EffectContext,
): Promise<void> {
  const { client } = context
  const cents = Math.ceil(spendingOf(before.usage).cents ?? 0) + more
  const intent = { kind: 'budget', sessionId, cents } as const
  await performEffect(context, {
    intent,
    failed: `the budget of session ${sessionId} could not be changed`,
    call: () => changeBudget(client, sessionId, cents),
    outcome: () => intent,
    find: async () => {
      const session = await retrieveSession(client, sessionId)
      return session.budgetCents === cents ? session : undefined
    },
  })
  context.log(
    `Session ${sessionId} may cost ${formatCents(cents)} from now on: what it has cost so far, and ${formatCents(more)}`,
  )
}

/** In milliseconds: how long what goes on may take to be seen, and to stop. */
const POLL_MS = 1_000
const POLLS = 10

/**
 * Interrupts what has gone on with a higher budget, and waits for its idle: a message would become a part of it.
 * @throws ApiError, Interrupted
 */
export async function interruptResumed(
  sessionId: string,
  { known }: SessionBefore,
  { client, stop, log }: EffectContext,
): Promise<void> {
  log(`Session ${sessionId} went on with what had paused at its budget; interrupting that before the prompt is sent`)
  const options = { signal: stop.startNothingNew }
  for (;;) {
    await interruptSession(client, sessionId)
    for (let poll = 0; poll < POLLS; poll++) {
      const news = await readNew({ client, sessionId, options }, known)
      if (news.findLast(({ kind }) => kind === 'idle' || kind === 'running')?.kind === 'idle') return
      await pause(POLL_MS, stop.startNothingNew)
    }
    // It may have had nothing left to do.
    if ((await retrieveSession(client, sessionId, options)).status === 'idle') return
  }
}
