import { quote } from '../../text/escape.ts'
import { count, truncateList } from '../../text/format.ts'

/** What stands in the place of a file that Git LFS keeps elsewhere. Hawser is the old name. */
const POINTER = /^version https:\/\/(git-lfs|hawser)\.github\.com\/spec\/v1\r?\n/

/** A pointer has less than 1,024 bytes, by the specification; a file about pointers may have more. */
const MAX_BYTES = 1024n

export function isLfsPointer(content: Uint8Array, size: bigint): boolean {
  return size < MAX_BYTES && POINTER.test(Buffer.from(content).toString('latin1'))
}

/** One warning for all. */
export function pointerWarning(names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const what =
    names.length === 1 ? '1 file is a Git LFS pointer' : `${count(names.length, 'file')} are Git LFS pointers`
  return [`${what}, not the content: ${truncateList(names.map(quote))}. Set \`lfs: true\` on actions/checkout`]
}
