import { quote } from '../text/escape.ts'
import { lengthOf } from '../text/format.ts'
import { kindOfId, withArticle } from './id-kind.ts'
import type { InputReader } from './reader.ts'

/** A memory store to attach. Without `access`, the service's default holds. */
export interface MemoryStore {
  readonly id: string
  readonly access: 'read_only' | 'read_write' | undefined
  readonly instructions: string | undefined
}

/** Documented limits: stores of a session, and characters of the instructions. */
const LIMITS = { stores: 8, instructions: 4096 } as const

const LINE = /^([A-Za-z0-9_-]{1,128})(?:\s*:\s*(\S+)(?:\s+(.*))?)?$/

/** Reads `memory-stores`, one a line: `id`, or `id: access` and instructions. */
export function readMemoryStores(read: InputReader): readonly MemoryStore[] {
  const problem = (message: string) => read.problem('memory-stores', message)
  const stores = read.lines('memory-stores').flatMap((line) => parseLine(line, problem) ?? [])
  if (stores.length > LIMITS.stores) problem(`${stores.length} stores; a session takes at most ${LIMITS.stores}`)
  const ids = stores.map(({ id }) => id)
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
    problem(`${quote(id)} is given more than once`)
  }
  return stores
}

function parseLine(line: string, problem: (message: string) => void): MemoryStore | undefined {
  const [, id, access, instructions] = LINE.exec(line) ?? []
  const kind = kindOfId(id ?? '')
  if (id === undefined) {
    problem(`${quote(line)} is not \`id\`, or \`id: read_only\` or \`id: read_write\` with instructions behind it`)
  } else if (kind !== undefined && kind !== 'memory store') {
    problem(`${quote(id)} is the id of ${withArticle(kind)}; a memory store is needed here`)
  } else if (access !== undefined && access !== 'read_only' && access !== 'read_write') {
    problem(`${quote(line)}: ${quote(access)} is not \`read_only\` or \`read_write\``)
  } else if (lengthOf(instructions) > LIMITS.instructions) {
    problem(
      `${id}: the instructions have ${lengthOf(instructions)} characters; at most ${LIMITS.instructions} are allowed`,
    )
  } else {
    return { id, access, instructions: instructions || undefined }
  }
  return undefined
}
