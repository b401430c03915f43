import { runInNewContext } from 'node:vm'
import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { gfm } from 'micromark-extension-gfm'
import { redact } from '../../text/redact.ts'
import { preformatted } from '../markdown.ts'
import { InertBlocks } from './blocks.ts'
import { ReplyRoom } from './room.ts'

/** A reply of the agent's as Markdown of ours. */
export interface ShownReply {
  readonly markdown: string
  readonly isCut: boolean
}

/** In characters; nobody reads more in a summary. */
const MAX_SOURCE = 32_000

/**
 * A reply that is made to keep a parser busy takes it minutes, whatever its length (brackets in brackets: cubic time).
 */
const MAX_MS = 5_000

/**
 * The reply as it was meant to be read, with nothing in it that loads, leads away, notifies, or breaks the page that it
 * stands in. Secrets are left out before anything is cut.
 * @param room in bytes
 */
export function shownReply(reply: string, room: number): ShownReply {
  const whole = redact(reply)
  const source = whole.slice(0, MAX_SOURCE).replace(/[\ud800-\udbff]$/, '')
  const { markdown, isCut } = inTime(() => written(source, room)) ?? preformatted(source, room)
  return { markdown, isCut: isCut || source.length < whole.length }
}

/** Undefined if `work` takes too long, or needs more stack than there is. */
function inTime<T>(work: () => T): T | undefined {
  try {
    // The one way to stop code that does not stop by itself.
    return runInNewContext('work()', { work }, { timeout: MAX_MS }) as T
  } catch (error) {
    const isTimeout = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    if (isTimeout || error instanceof RangeError) return undefined
    throw error
  }
}

function written(source: string, bytes: number): ShownReply {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  // By how much escaping makes the text longer shows only once it is written.
  for (let left = bytes / 2; ; left /= 2) {
    const room = new ReplyRoom(left)
    const markdown = write({ type: 'root', children: new InertBlocks(source, room, tree).of(tree.children) })
    if (Buffer.byteLength(markdown) <= bytes) return { markdown, isCut: room.isCut }
  }
}

function write(tree: Root): string {
  const extensions = [gfmToMarkdown({ tablePipeAlign: false })]
  return toMarkdown(tree, { bullet: '-', rule: '-', listItemIndent: 'one', extensions }).trimEnd()
}
