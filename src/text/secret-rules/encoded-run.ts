/** Letters of Base64 (RFC 4648), of both alphabets. */
const LETTER = /[A-Za-z0-9+/_-]/

/** Less than a line of Base64 holds beside the longest of the short tokens, and more than a name or a path has without a dot. */
const LONGEST_NAME = 32

/**
 * Whether a part of a text stands in the middle of Base64: half a gigabyte of that holds three letters and 32 others between
 * two signs, which is all that some tokens are told by.
 */
export function isInEncodedRun(text: string, start: number, end: number): boolean {
  let around = 0
  for (let at = start - 1; at >= 0 && around < LONGEST_NAME && LETTER.test(text[at] ?? ''); at--) around++
  for (let at = end; at < text.length && around < LONGEST_NAME && LETTER.test(text[at] ?? ''); at++) around++
  return around >= LONGEST_NAME
}
