import type { Readable } from 'node:stream'

/** The start of a body, as text. */
export interface BodyText {
  readonly text: string
  /** Nothing was left out. */
  readonly isWhole: boolean
}

/** Reads a body as text, so many bytes at most; what comes after them is not waited for. */
export async function readText(body: Readable, maxBytes: number): Promise<BodyText> {
  const chunks: Buffer[] = []
  let length = 0
  // To leave the loop closes the connection, which makes an error that nobody needs.
  body.on('error', () => {})
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) break
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBytes))
  return { text, isWhole: length <= maxBytes }
}
