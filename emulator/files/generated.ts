/** A file of any size that is made while it is read, and never held in memory: the same bytes each time. */
export class Generated {
  readonly sizeBytes: number

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes
  }

  /** The bytes up to `end`. Each chunk begins with its offset, so that no two are alike. */
  *chunks(end: number = this.sizeBytes): Generator<Buffer> {
    for (let offset = 0; offset < end; offset += CHUNK) {
      const chunk = Buffer.alloc(CHUNK, `${String(offset).padStart(15)}\n`)
      yield chunk.subarray(0, Math.min(CHUNK, end - offset))
    }
  }
}

const CHUNK = 64 * 1024
