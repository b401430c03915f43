import type { Readable } from 'node:stream'
import { invalid, Problem } from './problem.ts'

/** Documented: a JSON body of more than 32 MB answers 413. */
const MAX_BYTES = 32 * 1024 * 1024

/** Reads a body to its end; past the limit it keeps nothing. */
export async function readBody(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size <= MAX_BYTES) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size > MAX_BYTES) throw new Problem(413, 'Request body is larger than 32 MB')
  return Buffer.concat(chunks)
}

export const readJson = async (body: Readable): Promise<unknown> => parseJson(await readBody(body))

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw invalid('The request body is not valid JSON')
  }
}
