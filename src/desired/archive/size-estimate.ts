import { gzipSync } from 'node:zlib'
import { LEVEL } from './gzip.ts'

/** So many bytes are packed on trial, which takes some milliseconds. */
const [SAMPLES, SAMPLE_BYTES] = [64, 16 * 1024]

/** What a packed header comes to, about, in bytes. */
const HEADER_BYTES = 64

/** Learns from samples how large an archive would be, while the files are read. */
export class SizeEstimate {
  readonly #step: number
  readonly #samples: Buffer[] = []
  #seen = 0

  /** @param total bytes to be read */
  constructor(total: number) {
    this.#step = total / SAMPLES
  }

  see(chunk: Uint8Array): void {
    if (this.#seen >= this.#samples.length * this.#step)
      this.#samples.push(Buffer.from(chunk.subarray(0, SAMPLE_BYTES)))
    this.#seen += chunk.length
  }

  /** @param unpacked bytes of content in the archive */
  sizeOf(unpacked: number, members: number): number {
    const sample = Buffer.concat(this.#samples)
    const share = sample.length === 0 ? 1 : gzipSync(sample, { level: LEVEL }).length / sample.length
    return Math.round(unpacked * Math.min(share, 1) + members * HEADER_BYTES)
  }
}
