import { SECRET_VARIABLES } from '../../runner/secret-variables.ts'
import { ANY_RECOGNISABLE, RECOGNISABLE } from '../../text/recognisable.ts'

/** Looking for keys by their look takes longer than hashing; they live in small files. The run's own are told in any. */
const RECOGNISABLE_MAX_BYTES = 64 * 1024 * 1024

/** More than the longest match; what lies across the border of two chunks is looked at with so much of either. */
const OVERLAP = 4096

/** Shorter texts are no secrets, and would turn up by chance. */
const OWN_MIN_LENGTH = 16

/** The secrets of this run, as given to it and as the runner has them. */
export function ownSecrets(
  given: readonly (string | undefined)[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const secrets = [...given, ...SECRET_VARIABLES.map((name) => env[name])].filter(
    (secret) => secret !== undefined && secret.length >= OWN_MIN_LENGTH,
  )
  return [...new Set(secrets.map(String))]
}

const OWN = "one of this run's own credentials"

/** Looks for secrets in the content of one file while it is read. */
export class ContentScan {
  readonly #own: readonly string[]
  /** As git's basic authentication carries a token, which is how actions/checkout wrote it to disk. */
  readonly #encoded: readonly string[]
  readonly #isSmall: boolean
  #tail: Buffer = Buffer.alloc(0)
  #finding: string | undefined

  constructor(own: readonly string[], size: number) {
    this.#own = own
    this.#encoded = own.map((secret) => Buffer.from(`x-access-token:${secret}`).toString('base64'))
    this.#isSmall = size <= RECOGNISABLE_MAX_BYTES
  }

  /** What was found first, in words. */
  get finding(): string | undefined {
    return this.#finding
  }

  add(chunk: Uint8Array): void {
    if (this.#finding !== undefined) return
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const border = Buffer.concat([this.#tail, bytes.subarray(0, OVERLAP)])
    this.#finding = (this.#tail.length > 0 ? this.#find(border) : undefined) ?? this.#find(bytes)
    this.#tail = Buffer.from(bytes.length >= OVERLAP ? bytes.subarray(-OVERLAP) : border.subarray(-OVERLAP))
  }

  #find(bytes: Buffer): string | undefined {
    if (this.#own.some((secret) => bytes.includes(secret))) return OWN
    if (!this.#isSmall) return undefined
    if (this.#encoded.some((secret) => bytes.includes(secret))) return OWN
    const text = bytes.toString('latin1')
    if (!ANY_RECOGNISABLE.test(text)) return undefined
    return Object.entries(RECOGNISABLE).find(([, pattern]) => pattern.test(text))?.[0]
  }
}
