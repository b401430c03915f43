import path from 'node:path'

/** How many hexadecimal digits of the content's SHA-256 an upload's name carries. */
export const FINGERPRINT_LENGTH = 12

/** The service takes 1 to 255 characters; this leaves room for the fingerprint and for servers that count bytes. */
const MAX_BYTES = 200

/** Characters that the service refuses in a file name (documented), and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const FORBIDDEN = /[<>:"|?*\\/\u0000-\u001f\u007f-\u009f]/g

/**
 * The name that a file is uploaded under: its own, made safe, with a fingerprint of the content before the extension
 * (`report.3f9c2a7b1d4e.csv`). The true name is kept by the mount path.
 */
export function uploadName(file: { readonly path: string; readonly sha256: string }): string {
  const base = path.posix.basename(file.path).replace(FORBIDDEN, '_')
  const extension = path.posix.extname(base)
  const suffix = `.${file.sha256.slice(0, FINGERPRINT_LENGTH)}${Buffer.byteLength(extension) > 32 ? '' : extension}`
  const stem = base.slice(0, base.length - (Buffer.byteLength(extension) > 32 ? 0 : extension.length))
  return `${truncate(stem, MAX_BYTES - Buffer.byteLength(suffix))}${suffix}`
}

function truncate(text: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}
