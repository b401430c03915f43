import { SecretSearch } from '../../../src/desired/secrets/secret-scan.ts'

const search = new SecretSearch([])

/** What a search finds in a content that comes in pieces of a size. */
export function findIn(content: string | Uint8Array, pieceBytes = 512 * 1024, secrets = search): string | undefined {
  const bytes = Buffer.from(content)
  const scan = secrets.scan(bytes.length)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    // The memory is another's as soon as the piece is taken.
    const piece = Buffer.from(bytes.subarray(at, at + pieceBytes))
    scan.add(piece)
    piece.fill(0)
  }
  scan.end()
  return scan.finding
}
