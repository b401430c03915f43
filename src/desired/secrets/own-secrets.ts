import { googleCredentials } from '../../runner/google-credentials.ts'
import { SECRET_VARIABLES } from '../../runner/secret-variables.ts'
import { insideBase64, secretForms } from '../../text/secret-forms.ts'
import type { Reach } from '../../text/secret-rules/rule.ts'

/** Shorter texts are no secrets, and would turn up by chance. */
const MIN_LENGTH = 16

/** The secrets of this run, as given to it and as the runner has them. */
export function ownSecrets(
  given: readonly (string | undefined)[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const inFile = googleCredentials(env)?.secrets ?? []
  const secrets = [...given, ...SECRET_VARIABLES.map((name) => env[name]), ...inFile].filter(
    (secret) => secret !== undefined && secret.length >= MIN_LENGTH,
  )
  return [...new Set(secrets.map(String))]
}

/** One form of a secret of this run, as a file may hold it. */
export interface OwnForm {
  readonly literals: readonly Uint8Array[]
  readonly reach: Reach
  readonly isIn: (bytes: Buffer) => boolean
}

/** Every form in which a secret is looked for, in whatever file: as it is hidden in the log, and in bytes. */
export function formsOf(secret: string): readonly OwnForm[] {
  const utf16 = Buffer.from(secret, 'utf16le')
  const hex = Buffer.from(secret).toString('hex')
  const texts = [...secretForms(secret).map(({ text }) => text), hex, hex.toUpperCase(), ...insideBase64(utf16)]
  const forms = [...texts.map((text) => Buffer.from(text)), utf16, Buffer.from(utf16).swap16()]
    .map((bytes) => bytes.toString('latin1'))
    .filter((form) => form.length >= MIN_LENGTH)
  // What holds a shorter form is found by that.
  return [...new Set(forms)]
    .filter((form, _, all) => !all.some((other) => other !== form && form.includes(other)))
    .map((form) => formOf(Buffer.from(form, 'latin1')))
}

/** What breaks a long text in two, as it stands in a file or in a string of JSON. */
const LINE_BREAKS = /\\[nr]|[\s"'\\]/g

/** Bytes of a literal, and how far apart the two are that stand for a form: no line is broken at both of them. */
const [ANCHOR, APART] = [4, 7]

/** Of a longer form its middle is looked for, which a secret has to itself. */
const LONGEST = 512

function formOf(whole: Buffer): OwnForm {
  const cut = Math.max(0, Math.floor((whole.length - LONGEST) / 2))
  const form = whole.subarray(cut, cut + LONGEST)
  const text = form.toString('latin1')
  const middle = Math.floor((form.length - ANCHOR - APART) / 2)
  return {
    literals: [middle, middle + APART].map((at) => form.subarray(at, at + ANCHOR)),
    // With a line break after every few characters, and an indent.
    reach: { before: 2 * form.length + 256, after: 2 * form.length + 256 },
    isIn: (bytes) => bytes.includes(form) || bytes.toString('latin1').replaceAll(LINE_BREAKS, '').includes(text),
  }
}
