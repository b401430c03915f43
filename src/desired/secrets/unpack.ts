import { Gunzip, Unzip, UnzipInflate } from 'fflate'
import type { ByteSink } from './text-search.ts'

/** Packed bytes are unpacked in small parts, none of which can grow to more than 32 MB. */
const STEP_BYTES = 32 * 1024

/** How many unpacked bytes of a file are looked at; what packs itself smaller than that is a bomb. */
export class UnpackBudget {
  #left = 256 * 1024 * 1024

  /** @throws Error when it is used up */
  spend(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0) throw new Error('too much to unpack')
  }
}

/** What is packed by gzip (RFC 1952), all members of it. */
export function gunzipInto(sink: ByteSink, budget: UnpackBudget): ByteSink {
  const gunzip = new Gunzip((bytes) => {
    budget.spend(bytes.length)
    sink.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })
  return {
    add: (bytes) => inSteps(bytes, (part) => gunzip.push(part)),
    end: () => {
      gunzip.push(new Uint8Array(), true)
      sink.end()
    },
  }
}

/** How members are packed that this knows: as they are, and deflated (APPNOTE 4.4.5). */
const METHODS: readonly number[] = [0, 8]

/** The files in a zip, by their own headers, so that none of it has to be kept; each goes to a sink of its own. */
export function unzipInto(open: () => ByteSink, budget: UnpackBudget): ByteSink {
  const unzip = new Unzip((file) => {
    if (!METHODS.includes(file.compression)) return
    const sink = open()
    file.ondata = (error, bytes, isLast) => {
      if (error) return
      budget.spend(bytes.length)
      sink.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      if (isLast) sink.end()
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  return {
    add: (bytes) => inSteps(bytes, (part) => unzip.push(part)),
    end: () => unzip.push(new Uint8Array(), true),
  }
}

/** The library keeps what it is given, so each part is a copy. */
function inSteps(bytes: Buffer, push: (part: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; at += STEP_BYTES) push(new Uint8Array(bytes.subarray(at, at + STEP_BYTES)))
}
