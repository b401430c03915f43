import { type SecretForm, secretForms } from './secret-forms.ts'
import { KEY_HEADER } from './secret-rules/key-rules.ts'
import { spansOfSecrets } from './secret-rules/own-rules.ts'

/** The runner's own mask. */
const HIDDEN = '***'

/**
 * In what a program reads again (outputs, state, the manifest), shorter secrets stay: a password like `data` would turn
 * up by chance in a path or an id, and a later step would look for something that is not there.
 */
export const SHORTEST_IN_VALUE = 8

/** Part of a text to hide: first index, and index after the last. */
type Span = readonly [number, number]

/**
 * By length, shortest first. One list for the process, like the runner's masks: an error is worded, and cut, far from
 * where the secrets are known.
 */
let known: readonly SecretForm[] = []

/** Has a secret replaced in every text from here on. Returns the forms in which it may turn up. */
export function hide(secret: string): readonly string[] {
  const forms = secretForms(secret)
  const texts = new Set(known.map(({ text }) => text))
  known = [...known, ...forms.filter(({ text }) => !texts.has(text))].sort((a, b) => a.text.length - b.text.length)
  return forms.map(({ text }) => text)
}

/**
 * A text as it may be shown: without the secrets of this run, in whatever form, and without what looks like a token. To
 * be done before a text is cut, split or escaped, since a piece of a secret is not recognised any more.
 * @param shortest in characters; shorter forms stay
 */
export function redact(text: string, shortest = 0): string {
  const spans = [...secretSpans(text, shortest), ...tokenSpans(text)]
  if (spans.length === 0) return text
  let shown = ''
  let at = 0
  for (const [start, end] of merged(spans)) {
    shown += text.slice(at, start) + HIDDEN
    at = end
  }
  return shown + text.slice(at)
}

/** `redact` for each text in a value as JSON has them, before it is written as JSON. */
export function redactAll<T>(value: T, shortest?: number): T
export function redactAll(value: unknown, shortest?: number): unknown {
  if (typeof value === 'string') return redact(value, shortest)
  if (Array.isArray(value)) return value.map((item) => redactAll(item, shortest))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [redact(key, shortest), redactAll(each, shortest)])
  return Object.fromEntries(entries)
}

function secretSpans(text: string, shortest: number): readonly Span[] {
  const spans: Span[] = []
  for (const form of known) {
    const { length } = form.text
    if (length > text.length) break
    if (length < shortest) continue
    for (let at = text.indexOf(form.text); at !== -1; at = text.indexOf(form.text, at + 1)) {
      spans.push(form.isInside ? widened(text, at, at + length) : [at, at + length])
    }
  }
  return spans
}

const BASE64 = /[A-Za-z0-9+/_=-]/

/** The whole of the Base64 that a piece is in. */
function widened(text: string, start: number, end: number): Span {
  let [from, to] = [start, end]
  while (BASE64.test(text.charAt(from - 1))) from--
  while (BASE64.test(text.charAt(to))) to++
  return [from, to]
}

/** The rest of a key or token, after the part by which it is recognised. */
const REST_OF_KEY = /(?:[A-Za-z0-9+/=\s]|\\[nr])*(?:-----END [A-Z0-9 ]{1,40}-----)?/y
const REST_OF_TOKEN = /[A-Za-z0-9+/_=-]*/y

/** A private key as a whole, whatever stands in front of its lines, as in a log. */
const KEY_BLOCK = new RegExp(`${KEY_HEADER}[\\s\\S]{64,16384}?-----END [A-Z0-9 ]{1,40}-----`, 'g')

const KEY_START = new RegExp(`${KEY_HEADER}[\\s\\S]{0,300}$`)

function tokenSpans(text: string): readonly Span[] {
  const tokens = spansOfSecrets(text)
  if (tokens.length === 0) return []
  const blocks = Array.from(text.matchAll(KEY_BLOCK), ({ index, 0: { length } }): Span => [index, index + length])
  const whole = tokens.map(([start, end]): Span => {
    const header = KEY_START.exec(text.slice(Math.max(0, start - 400), start))
    const rest = header === null ? REST_OF_TOKEN : REST_OF_KEY
    rest.lastIndex = end
    return [header === null ? start : start - header[0].length, end + (rest.exec(text)?.[0].length ?? 0)]
  })
  return [...blocks, ...whole]
}

/** In order, those that overlap as one. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1)
    if (last !== undefined && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)]
    else result.push([start, end])
  }
  return result
}
