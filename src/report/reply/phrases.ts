import type { InlineCode, Nodes, PhrasingContent } from 'mdast'
import { cut } from '../../text/cut.ts'
import { escapeForLog } from '../../text/escape.ts'
import { piecesOf } from './github-words.ts'
import type { ReplyRoom } from './room.ts'

/** So much may stand in each other; what is deeper is shown as it was written. */
export const MAX_DEPTH = 8

/** In characters. */
const MAX_ADDRESS = 2_000

/**
 * The parts of a paragraph without anything that acts: links and images become their text and address, HTML becomes
 * code.
 */
export class InertPhrases {
  readonly #source: string
  readonly #room: ReplyRoom
  readonly #addresses: ReadonlyMap<string, string>

  /** @param addresses by the identifier of their definition */
  constructor(source: string, room: ReplyRoom, addresses: ReadonlyMap<string, string>) {
    this.#source = source
    this.#room = room
    this.#addresses = addresses
  }

  of(nodes: readonly PhrasingContent[], depth: number): PhrasingContent[] {
    return joined(
      nodes.flatMap((node) => {
        if (!this.#room.takes(0)) return []
        return depth > MAX_DEPTH ? this.#code(sourceOf(node, this.#source)) : this.#phrase(node, depth)
      }),
    )
  }

  text(value: string): readonly PhrasingContent[] {
    return piecesOf(this.#room.cut(linesOf(value).join('\n'))).map(({ text, isActive }) =>
      isActive ? { type: 'inlineCode', value: text } : { type: 'text', value: text },
    )
  }

  #phrase(node: PhrasingContent, depth: number): readonly PhrasingContent[] {
    switch (node.type) {
      case 'text':
        return this.text(node.value)
      case 'emphasis':
      case 'strong':
      case 'delete': {
        const children = this.of(node.children, depth + 1)
        return children.length === 0 ? [] : [{ type: node.type, children }]
      }
      case 'inlineCode':
        return this.#code(node.value)
      case 'html':
        return /^<br\s*\/?>$/i.test(node.value) ? [{ type: 'break' }] : this.#code(node.value)
      case 'break':
        return [{ type: 'break' }]
      case 'link':
      case 'linkReference':
        return this.#withAddress(this.of(node.children, depth + 1), textOf(node.children), this.#addressOf(node))
      case 'image':
      case 'imageReference':
        return this.#withAddress(this.text(node.alt ?? ''), node.alt ?? '', this.#addressOf(node))
      case 'footnoteReference':
        return this.text(`[${node.label ?? ''}]`)
    }
  }

  #addressOf(node: { readonly url: string } | { readonly identifier: string }): string {
    return 'url' in node ? node.url : (this.#addresses.get(node.identifier) ?? '')
  }

  /** The text of a link or an image with its address; only once if they are the same. */
  #withAddress(shown: readonly PhrasingContent[], text: string, url: string): readonly PhrasingContent[] {
    if (['', 'mailto:', 'http://'].some((scheme) => `${scheme}${text}` === url)) return this.#code(text)
    const address = this.#code(cut(url, MAX_ADDRESS))
    if (shown.length === 0 || address.length === 0) return [...shown, ...address]
    return [...shown, textNode(' ('), ...address, textNode(')')]
  }

  #code(value: string): readonly InlineCode[] {
    const shown = this.#room.cut(linesOf(value).join(' '))
    return shown === '' ? [] : [{ type: 'inlineCode', value: shown }]
  }
}

/** A foreign text in lines, without secrets and without what hides or reorders text. */
export function linesOf(text: string): readonly string[] {
  return text
    .replaceAll('\t', '  ')
    .split(/\r\n|[\n\r]/)
    .map(escapeForLog)
}

export function sourceOf({ position }: Nodes, source: string): string {
  return source.slice(position?.start.offset, position?.end.offset)
}

function textNode(value: string): PhrasingContent {
  return { type: 'text', value }
}

/** Two code spans side by side would be read as one, with their marks in it. */
function joined(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'inlineCode' && last?.type === 'inlineCode') last.value += node.value
    else result.push(node)
  }
  return result
}

function textOf(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : '')).join('')
}
