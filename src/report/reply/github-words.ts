/** A piece of a text: as it is, or a word that GitHub would turn into something and that is shown as code instead. */
export interface Piece {
  readonly text: string
  readonly isActive: boolean
}

/**
 * Words that GitHub turns into links, notifications, pictures or formulas: mentions and e-mail addresses, `#1`,
 * `org/repo#1`, `GH-1`, commits, addresses, math, emoji by name, and the heads of alerts. Not in code (docs.github.com:
 * Autolinked references and URLs; Writing mathematical expressions).
 */
const ACTIVE = /@|#\d|\bgh-\d|\b[\da-f]{7,64}\b|:\/\/|\bwww\.|\$|:[+\w-]*[a-z][+\w-]*:|\[!/i

/** Punctuation around a word. */
const LEADING = /^["'(]*/
const TRAILING = /["'),.;:!?]*$/

/** Splits a text into what GitHub shows as it stands and words that it would act on. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let passive = ''
  for (const word of text.split(/(\s+)/)) {
    if (!ACTIVE.test(word)) {
      passive += word
      continue
    }
    const leading = LEADING.exec(word)?.[0] ?? ''
    const trailing = TRAILING.exec(word.slice(leading.length))?.[0] ?? ''
    const core = word.slice(leading.length, word.length - trailing.length)
    // Where the ends are a part of it, as in `:tada:`, nothing is split off.
    const [before, active, after] = ACTIVE.test(core) ? [leading, core, trailing] : ['', word, '']
    pieces.push({ text: passive + before, isActive: false }, { text: active, isActive: true })
    passive = after
  }
  pieces.push({ text: passive, isActive: false })
  return pieces.filter((piece) => piece.text !== '')
}
