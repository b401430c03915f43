/** How one kind of secret is recognised in a text. */
export interface Rule {
  /** What it finds, in the words of a warning: `a Slack token`. */
  readonly id: string
  /** Every match holds one of these, of three bytes or more: a text without them is not searched. */
  readonly literals: readonly string[]
  /** Global. Its group `secret`, or else its first one, or else the whole match is the secret. */
  readonly pattern: RegExp
  /**
   * What it finds, with `{20}` for 20 made-up characters and `«…»` for Base64, so that no scanner takes this table for a
   * leak. `{20:h}` are hexadecimal digits, `A` capitals and digits, `a` small letters and digits, `d` digits, `b` Base64.
   */
  readonly example: string
  /** Where the format is documented. */
  readonly source: string
  /** How many bytes before and after a literal belong to it; by default `REACH`. */
  readonly reach?: Reach
  /** Whether a literal is worth the pattern, from the bytes alone: for literals that are everywhere. */
  readonly isWorthwhile?: (bytes: Uint8Array, at: number) => boolean
  /** It is found in the middle of Base64, too, where tokens turn up by chance. */
  readonly standsInData?: boolean
  /** Looks closer where the pattern alone would take too much. */
  readonly isSecret?: (match: RegExpExecArray) => boolean
}

/** A part of a text around a literal, in bytes. */
export interface Reach {
  readonly before: number
  readonly after: number
}

export const REACH: Reach = { before: 512, after: 2048 }

/** The largest of all rules. */
export const MAX_REACH: Reach = { before: 4096, after: 8192 }

/** A pattern for a token that stands by itself, not in the middle of a word. */
export function token(source: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`, 'g')
}

/** A pattern for what is given to a name, as code, JSON, YAML, properties and shells write it. The value is group 1. */
export function assigned(names: string, value: string): RegExp {
  return new RegExp(
    `(?:${names})["'\`\\]]{0,2}\\s{0,3}(?::=|=>|[:=,])\\s{0,3}["'\`]?(${value})(?![A-Za-z0-9_/+=-])`,
    'g',
  )
}

const HEX_DIGITS = new Set(Buffer.from('0123456789abcdef'))

/** In lower case. */
export function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && HEX_DIGITS.has(byte)
}
