import type {
  BlockContent,
  Code,
  DefinitionContent,
  FootnoteDefinition,
  Heading,
  List,
  ListItem,
  Nodes,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
  TableRow,
  Text,
} from 'mdast'
import { count } from '../../text/format.ts'
import { InertPhrases, linesOf, MAX_DEPTH, sourceOf } from './phrases.ts'
import type { ReplyRoom } from './room.ts'

type Block = BlockContent | DefinitionContent

/** Languages that GitHub colours. What it draws (`mermaid`, `geojson`, `topojson`, `stl`, `math`) is not among them. */
const LANGUAGES: ReadonlySet<string> = new Set(
  'bash c cpp cs csharp css csv diff docker dockerfile go graphql html http ini java javascript js json jsonc jsx kotlin lua make makefile markdown md php plaintext powershell py python rb ruby rust scala sh shell sql swift text toml ts tsx typescript txt xml yaml yml'.split(
    ' ',
  ),
)

const MAX = { rows: 100, columns: 20 } as const

/** In bytes: what a node takes beside its text, roughly. */
const NODE_BYTES = 8

/** The highest heading of a reply: one below the summary's own. */
const TOP_HEADING = 4

/** Text, code, lists, tables, quotes and small headings, as they were meant; what would act on the page is shown as code. */
export class InertBlocks {
  readonly #source: string
  readonly #room: ReplyRoom
  readonly #phrases: InertPhrases
  readonly #highest: number

  constructor(source: string, room: ReplyRoom, tree: Root) {
    const { addresses, highest } = survey(tree)
    this.#source = source
    this.#room = room
    this.#phrases = new InertPhrases(source, room, addresses)
    this.#highest = highest
  }

  of(nodes: readonly RootContent[], depth = 0): Block[] {
    return nodes.flatMap((node) => {
      if (!this.#room.takes(NODE_BYTES + 4 * depth)) return []
      return depth > MAX_DEPTH ? this.#code(sourceOf(node, this.#source)) : this.#block(node, depth)
    })
  }

  #block(node: RootContent, depth: number): readonly Block[] {
    switch (node.type) {
      case 'heading':
        return [this.#heading(node, depth)]
      case 'paragraph':
        return paragraphOf(this.#phrases.of(node.children, depth))
      case 'blockquote':
        return [{ type: 'blockquote', children: this.of(node.children, depth + 1) }]
      case 'list':
        return this.#list(node, depth)
      case 'table':
        return this.#table(node, depth)
      case 'code':
        return this.#code(node.value, node.lang)
      case 'html':
        return this.#code(node.value)
      case 'footnoteDefinition':
        return this.of(withLabel(node), depth)
      case 'thematicBreak':
        return [{ type: 'thematicBreak' }]
      default:
        return []
    }
  }

  #heading({ children, depth: level }: Heading, depth: number): Heading {
    const lower = Math.min(6, TOP_HEADING + level - this.#highest) as Heading['depth']
    return { type: 'heading', depth: lower, children: this.#phrases.of(children, depth) }
  }

  #list({ ordered, start, spread, children }: List, depth: number): readonly Block[] {
    const items = children.flatMap((item): ListItem[] => {
      if (!this.#room.takes(NODE_BYTES)) return []
      const { checked, spread: isSpread } = item
      return [{ type: 'listItem', checked, spread: isSpread, children: this.of(item.children, depth + 1) }]
    })
    return items.length === 0 ? [] : [{ type: 'list', ordered, start, spread, children: items }]
  }

  #table({ align, children }: Table, depth: number): readonly Block[] {
    const columns = Math.min(children[0]?.children.length ?? 0, MAX.columns)
    const rows = children.slice(0, MAX.rows + 1).flatMap((row): TableRow[] => {
      if (!this.#room.takes(NODE_BYTES + 4 * columns)) return []
      const cells = row.children.slice(0, columns).map(({ children: phrases }) => this.#phrases.of(phrases, depth))
      return [{ type: 'tableRow', children: cells.map((cell) => ({ type: 'tableCell', children: cell })) }]
    })
    if (rows.length === 0) return []
    const table: Table = { type: 'table', align: align?.slice(0, columns), children: rows }
    const more = children.length - rows.length
    if (more === 0) return [table]
    this.#room.isCut = true
    return [table, { type: 'paragraph', children: [{ type: 'text', value: `… and ${count(more, 'more row')}` }] }]
  }

  #code(value: string, language?: string | null): readonly Code[] {
    const lower = language?.toLowerCase() ?? ''
    const shown = this.#room.cut(linesOf(value).join('\n'))
    return [{ type: 'code', lang: LANGUAGES.has(lower) ? lower : null, value: shown }]
  }
}

/** Definitions may stand behind what refers to them, and the first heading need not be the highest. */
function survey(tree: Root): { readonly addresses: ReadonlyMap<string, string>; readonly highest: number } {
  const addresses = new Map<string, string>()
  let highest = 6
  const open: Nodes[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    // The first of several counts; the last in the tree is seen first.
    if (node.type === 'definition') addresses.set(node.identifier, node.url)
    if (node.type === 'heading') highest = Math.min(highest, node.depth)
    if ('children' in node) for (const child of node.children) open.push(child)
  }
  return { addresses, highest }
}

function withLabel({ label, children }: FootnoteDefinition): readonly RootContent[] {
  const mark: Text = { type: 'text', value: `[${label ?? ''}] ` }
  const [first, ...rest] = children
  return first?.type === 'paragraph'
    ? [{ ...first, children: [mark, ...first.children] }, ...rest]
    : [{ type: 'paragraph', children: [mark] }, ...children]
}

function paragraphOf(children: readonly PhrasingContent[]): readonly Paragraph[] {
  return children.length === 0 ? [] : [{ type: 'paragraph', children: [...children] }]
}
