const [CAPITALS, LETTERS, DIGITS] = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789']

/** By the mark in an example: the characters that it is filled with. */
const ALPHABETS: Readonly<Record<string, string>> = {
  '': CAPITALS + LETTERS + DIGITS,
  h: `${DIGITS}abcdef`,
  A: `${CAPITALS}234567`,
  a: LETTERS + DIGITS,
  d: DIGITS,
  L: CAPITALS + LETTERS,
  b: `${CAPITALS}${LETTERS}${DIGITS}+/`,
  age: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
}

/** Numbers that look like chance, the same for the same seed (Numerical Recipes, "ranqd1"). */
function chance(seed: number): (below: number) => number {
  let state = seed * 2654435761
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * A secret that was never given to anybody, made here so that no scanner takes a test for a leak: `{20}` becomes 20
 * letters and digits, `{20:h}` hexadecimal digits and so on, `«…»` is put into Base64.
 */
export function madeUp(example: string, seed = 1): string {
  const below = chance(seed)
  const filled = example.replaceAll(/\{(\d+)(?::(\w+))?\}/g, (_, count, mark = '') => {
    const alphabet = ALPHABETS[mark] ?? ''
    return Array.from({ length: Number(count) }, () => alphabet[below(alphabet.length)]).join('')
  })
  return filled.replaceAll(/«([^»]*)»/g, (_, text) => Buffer.from(text).toString('base64'))
}
