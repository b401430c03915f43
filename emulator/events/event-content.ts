import type {
  BetaManagedAgentsFileRubric,
  BetaManagedAgentsTextRubric,
  BetaManagedAgentsUserMessageEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'

type Content = BetaManagedAgentsUserMessageEvent['content']

const MAX_TEXT = 32 * 1024 * 1024
/** Documented. */
const MAX_RUBRIC = 262_144
const MAX_BLOCKS = 1000

/** Documented: text of at least one character. Images and documents are refused: nothing here reads them. */
export function decodeContent(event: Fields): Content {
  const blocks = event.objects('content', MAX_BLOCKS)
  if (blocks.length === 0) throw invalid(`${event.name('content')}: at least one block is expected`)
  return blocks.map(decodeBlock)
}

function decodeBlock(block: Fields): Content[number] {
  const type = block.oneOf('type', ['text', 'image', 'document'])
  if (type === undefined) throw invalid(`${block.name('type')}: Field required`)
  if (type !== 'text') throw invalid(`${block.name('type')}: the emulator takes text only`)
  const text = block.text('text', { max: MAX_TEXT })
  block.end()
  return { type, text }
}

export function decodeRubric(rubric: Fields): BetaManagedAgentsFileRubric | BetaManagedAgentsTextRubric {
  const type = rubric.oneOf('type', ['text', 'file'])
  if (type === undefined) throw invalid(`${rubric.name('type')}: Field required`)
  const decoded =
    type === 'text'
      ? { type, content: rubric.text('content', { max: MAX_RUBRIC }) }
      : { type, file_id: rubric.text('file_id', { max: 128 }) }
  rubric.end()
  return decoded
}
