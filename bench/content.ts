import { createCipheriv, createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

const CHUNK = 1024 * 1024

/** Writes a file of so many bytes: text, hard to compress, and the same for the same seed. */
export function writeContent(file: string, size: number, seed: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const key = createHash('sha256').update(seed).digest()
  const random = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  const zeros = Buffer.alloc(Math.min(size, CHUNK))
  const descriptor = openSync(file, 'w')
  for (let left = size; left > 0; left -= CHUNK) {
    const text = random.update(zeros).toString('base64')
    writeSync(descriptor, text.slice(0, Math.min(left, CHUNK)), null, 'latin1')
  }
  closeSync(descriptor)
}
