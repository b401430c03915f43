/** Words that an example puts where a secret goes. None of them turns up in random letters. */
const WORDS =
  /EXAMPLE|(?:^|[^A-Za-z])(?:example|your|my|the|some|insert|replace|change)[-_ ]|[a-z]Token|placeholder|redacted|changeme|xxxx|XXXX|\.\.\.|…|\*\*\*|^[<$%{]|\$\{|\{\{|%[({]/

/** So many of one character in a row do not happen by chance; but zeros do stand in keys, in Base64 as A. */
const RUN = /([^A])\1{7}/

/** Letters and digits in their order, as a hand makes up a key. */
const ORDERED = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789']

/** So many of them in a row are no chance. */
const ORDERED_LENGTH = 8

/** How much of the end is asked for its variety: what stands before it may be a prefix that all have. */
const TAIL = 16

/** Whether a text that has a secret's form is one that nobody was ever given, as documents and tests have them. */
export function isPlaceholder(secret: string): boolean {
  return WORDS.test(secret) || RUN.test(secret) || isOrdered(secret.toLowerCase()) || isUniform(secret)
}

function isOrdered(text: string): boolean {
  return ORDERED.some((order) => {
    for (let at = 0; at + ORDERED_LENGTH <= order.length; at++) {
      if (text.includes(order.slice(at, at + ORDERED_LENGTH))) return true
    }
    return false
  })
}

function isUniform(secret: string): boolean {
  return secret.length >= TAIL && new Set(secret.slice(-TAIL)).size <= 3
}
