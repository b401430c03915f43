import * as v from 'valibot'
import { id, object, optional, someOf, text, wholeNumber } from '../http/schema.ts'
import type { SentEvent, World } from '../world.ts'
import { eventHead } from './events.ts'

const MAX_TEXT = 32 * 1024 * 1024
/** Documented. */
const MAX_RUBRIC = 262_144
const MAX_BLOCKS = 1000

/** Documented: text of at least one character. Images and documents are refused: nothing here reads them. */
const block = object({ type: v.literal('text', 'the emulator takes text only'), text: text(MAX_TEXT) })

const message = v.strictObject({ type: v.literal('user.message'), content: someOf(block, MAX_BLOCKS, 'block') })

const outcome = v.strictObject({
  type: v.literal('user.define_outcome'),
  description: text(1_000_000),
  rubric: v.variant('type', [
    v.strictObject({ type: v.literal('text'), content: text(MAX_RUBRIC) }),
    v.strictObject({ type: v.literal('file'), file_id: id }),
  ]),
  max_iterations: optional(wholeNumber(1, 20)),
})

/** What a session may be created with. */
export const initialEvent = v.variant('type', [message, outcome])

/** What a client may send; results of tools are refused, since nothing here takes one. */
export const sendable = v.variant('type', [
  message,
  v.strictObject({ type: v.literal('user.interrupt'), session_thread_id: optional(id) }),
  outcome,
  v.pipe(
    v.strictObject({
      type: v.literal('user.tool_confirmation'),
      tool_use_id: id,
      result: v.picklist(['allow', 'deny']),
      deny_message: optional(text(1_000_000, 0)),
    }),
    v.forward(
      v.check(
        ({ result, deny_message }) => result === 'deny' || deny_message === undefined,
        'only allowed when result is deny',
      ),
      ['deny_message'],
    ),
  ),
])

/** The event that is made of what was sent. */
export function sentEventOf(world: World, sent: v.InferOutput<typeof sendable>): SentEvent {
  const head = eventHead(world)
  switch (sent.type) {
    case 'user.message':
      return { ...head, ...sent, content: [...sent.content] }
    case 'user.interrupt':
      return { ...head, ...sent, session_thread_id: sent.session_thread_id ?? null }
    case 'user.define_outcome':
      return { ...head, ...sent, outcome_id: world.newId('outc'), max_iterations: sent.max_iterations ?? null }
    case 'user.tool_confirmation':
      return { ...head, ...sent, deny_message: sent.deny_message ?? null }
  }
}
