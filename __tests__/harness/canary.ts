import { Marked } from 'marked'

/** The forms in which a secret is put into texts here; written down without the source's own list. */
export function canaryForms(secret: string): Readonly<Record<string, string>> {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const lines = secret.split('\n')
  return {
    raw: secret,
    Base64: base64(secret),
    'Base64 without padding': base64(secret).replace(/=+$/, ''),
    'Base64 for URLs': Buffer.from(secret).toString('base64url'),
    'basic authentication of git': base64(`x-access-token:${secret}`),
    'basic authentication of anybody': base64(`me:${secret}`),
    'Base64 inside a JSON': base64(`{"auth": "${secret}" }`),
    'encoded for a URL': encodeURIComponent(secret),
    'encoded for a URL, small letters': encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
    'encoded as a form': new URLSearchParams({ a: secret }).toString().slice(2),
    'as JSON': JSON.stringify(secret).slice(1, -1),
    'as XML': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...(lines.length === 1 ? {} : Object.fromEntries(lines.map((line, index) => [`line ${index + 1}`, line]))),
  }
}

/** Every form, cut after each number of its characters from one to all. */
export function cutsOf(forms: readonly string[]): readonly { readonly form: string; readonly kept: number }[] {
  return forms.flatMap((form) => Array.from({ length: form.length }, (_, index) => ({ form, kept: index + 1 })))
}

/** What stands before a secret in a text that is cut. */
export const FILLER = '.'

/** A text of which a cut at `limit` leaves so many characters of the form, with more behind. */
export function textCutInside(form: string, kept: number, limit: number, behind = ' and more of it'): string {
  return `${FILLER.repeat(Math.max(0, limit - kept))}${form}${behind}`
}

/** Pieces of six characters, of which nothing but the secret has one. */
function piecesOf(form: string): readonly string[] {
  return Array.from({ length: Math.max(0, form.length - 5) }, (_, at) => form.slice(at, at + 6))
}

/**
 * What a text shows of secrets: a piece of six characters anywhere, or the first character of one where a cut text ends.
 * @param publicTexts what stands in the forms and is no secret
 */
export function piecesShown(text: string, forms: readonly string[], publicTexts: readonly string[]): readonly string[] {
  // A piece of six tells of the secret unless it begins in what is public.
  const isPublic = new Set(publicTexts.flatMap((each) => Object.values(canaryForms(`${each}      `)).flatMap(piecesOf)))
  const pieces = [...new Set(forms.flatMap(piecesOf))].filter((piece) => !isPublic.has(piece))
  const starts = new Set(forms.map((form) => FILLER.repeat(8) + form.charAt(0)))
  // What fills a text up to where it is cut is most of it.
  const dense = text.replaceAll(/\.{9,}/g, FILLER.repeat(8))
  return [...pieces, ...starts].filter((piece) => dense.includes(piece))
}

/** What a browser shows of a job summary: Markdown turned into HTML, tags left out, entities read. */
export function rendered(summary: string): string {
  const html = new Marked().parse(summary, { async: false })
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(quot|lt|gt|apos);/g, (_, name: 'quot' | 'lt' | 'gt' | 'apos') => ENTITIES[name])
    .replaceAll('&amp;', '&')
}

const ENTITIES = { quot: '"', lt: '<', gt: '>', apos: "'" } as const
