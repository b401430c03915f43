/** A form in which a secret may turn up. */
export interface SecretForm {
  readonly text: string
  /** Base64 of a longer text: its first and last bytes share letters with what stands around it. */
  readonly isInside: boolean
}

/** Shorter texts are not hidden: the log would become unreadable, and they protect nothing. */
const SHORTEST = 4

/** Shorter pieces of Base64 turn up by chance. */
const SHORTEST_INSIDE = 8

/**
 * Every form in which a secret may turn up: itself and each of its lines, as they are, as Base64 (alone, in git's basic
 * authentication and inside any longer text), and escaped for a URL, for JSON and for XML. The runner hides much the same of
 * what it is told to mask (actions/runner, ValueEncoders.cs).
 */
export function secretForms(secret: string): readonly SecretForm[] {
  if (secret.trim() === '') return []
  const lines = [secret, ...secret.split(/\r?\n/)].map((text) => text.trim())
  // Tokens of AWS are Base64 themselves, and lose their padding where a text is split at "=".
  const texts = [...new Set(lines.flatMap((text) => [text, text.replace(/=+$/, '')]))].filter((text) => text !== '')
  const whole = texts.flatMap((text) => [
    text,
    ...inBothAlphabets(base64(text)),
    base64(`x-access-token:${text}`),
    ...inUrl(text),
    ...inJson(text),
    ...inXml(text),
  ])
  const inside = texts.flatMap((text) => insideBase64(Buffer.from(text))).flatMap(inBothAlphabets)
  // As the toolkit of the runner writes a text into a command; libraries do that with what they print.
  const inCommand = whole.map((text) => text.replaceAll('%', '%25'))
  return [
    ...[...new Set([...whole, ...inCommand])]
      .filter((text) => text.length >= SHORTEST)
      .map((text) => ({ text, isInside: false })),
    ...[...new Set(inside)].filter((text) => text.length >= SHORTEST_INSIDE).map((text) => ({ text, isInside: true })),
  ]
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function inBothAlphabets(text: string): readonly string[] {
  const unpadded = text.replace(/=+$/, '')
  return [text, unpadded, unpadded.replaceAll('+', '-').replaceAll('/', '_')]
}

/** The letters that depend on the bytes alone, wherever they begin in a longer text: three bytes are four letters. */
export function insideBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const letters = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return letters.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))
  })
}

function inUrl(text: string): readonly string[] {
  const wellFormed = text.toWellFormed()
  const encoded = [
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
    new URLSearchParams([['', text]]).toString().slice(1),
  ]
  return encoded.flatMap((each) => [each, each.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())])
}

/** As `JSON.stringify` writes it, with slashes escaped (PHP), and with what HTML would take for its own (Go). */
function inJson(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1)
  const forHtml = plain.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)
  return [plain, plain.replaceAll('/', String.raw`\/`), forHtml]
}

function inXml(text: string): readonly string[] {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return ['"', '&quot;', '&#34;'].flatMap((double) =>
    ["'", '&#39;', '&#x27;', '&apos;'].map((single) => plain.replaceAll('"', double).replaceAll("'", single)),
  )
}
