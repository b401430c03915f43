import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Generated } from '../files/generated.ts'

/** What a file is made of: always its digest and size; its bytes only where something can ask for them. */
export interface Blob {
  readonly sizeBytes: number
  readonly sha256: string
  /** Where the bytes lie when the store is `disk`. */
  readonly path: string | null
  /** The bytes of a file the agent made: the only ones that can be downloaded. */
  readonly content: Buffer | Generated | null
}

/** What the agent writes: a text, or so many bytes of no meaning. */
export type Output = string | { readonly sizeBytes: number }

export function blobOf(output: Output): Blob {
  if (typeof output !== 'string') return generatedBlob(output.sizeBytes)
  const content = Buffer.from(output)
  return { sizeBytes: content.length, sha256: digestOf([content]), path: null, content }
}

/** Its digest is taken when it is asked for: that takes as long as reading the file. */
function generatedBlob(sizeBytes: number): Blob {
  const content = new Generated(sizeBytes)
  let sha256: string | undefined
  return {
    sizeBytes,
    get sha256() {
      sha256 ??= digestOf(content.chunks())
      return sha256
    },
    path: null,
    content,
  }
}

function digestOf(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

/** Takes in streams without ever holding a file in memory. */
export class BlobStore {
  readonly #kind: 'digest' | 'disk'
  #folder: string | undefined

  constructor(kind: 'digest' | 'disk') {
    this.#kind = kind
  }

  async receive(stream: Readable): Promise<Blob> {
    const hash = createHash('sha256')
    const path = this.#kind === 'disk' ? join(this.#open(), randomUUID()) : null
    const file = path === null ? undefined : createWriteStream(path)
    let sizeBytes = 0
    try {
      for await (const chunk of stream) {
        hash.update(chunk)
        sizeBytes += chunk.length
        if (file?.write(chunk) === false) await once(file, 'drain')
      }
    } catch (error) {
      // Not before it is closed: a file still being opened would appear again.
      if (file !== undefined) await once(file.destroy(), 'close')
      this.drop(path)
      throw error
    }
    if (file !== undefined) await finished(file.end())
    return { sizeBytes, sha256: hash.digest('hex'), path, content: null }
  }

  drop(path: string | null): void {
    if (path !== null) rmSync(path, { force: true })
  }

  clear(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }

  #open(): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'session-mount-emulator-'))
    return this.#folder
  }
}
