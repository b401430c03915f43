import path from 'node:path'
import { redact, SHORTEST_IN_VALUE } from '../../text/redact.ts'
import { truncate } from '../../text/truncate.ts'

/** How many hexadecimal digits of the content's SHA-256 an upload's name carries. */
const FINGERPRINT_LENGTH = 12

/** A fingerprint, and the run's mark, which names of earlier versions do not have. */
const FINGERPRINT = /^([0-9a-f]{12})(-[0-9a-f]{24})?$/

const UPLOAD_NAME = /\.[0-9a-f]{12}(-[0-9a-f]{24})?(\.[^.]*)?$/

/** An extension that could be taken for what stands before one. */
const MISLEADING = /^\.[0-9a-f]{12}-[0-9a-f]{24}$/

/** The service takes 1 to 255 characters; this leaves room for the mark and for servers that count bytes. */
const MAX_BYTES = 200

/** What is longer is hardly an extension. */
const MAX_EXTENSION_BYTES = 32

/** Characters that the service refuses in a file name (documented), and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const FORBIDDEN = /[<>:"|?*\\/\u0000-\u001f\u007f-\u009f]/g

/** What tells one content from another, of a SHA-256 in hexadecimal digits. */
export function fingerprintOf(sha256: string): string {
  return sha256.slice(0, FINGERPRINT_LENGTH)
}

/** What a name is made from. */
interface NamedFile {
  readonly mountPath: string
  readonly fingerprint: string
}

/**
 * The name that a file is uploaded under: that of its mount path, made safe, with a fingerprint of the content and the mark
 * of the run before the extension (`report.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.csv`). The true name is kept by the mount path.
 */
export function uploadName({ mountPath, fingerprint }: NamedFile, mark: string): string {
  const { stem, extension } = partsOf(mountPath)
  return `${stem}.${fingerprint}-${mark}${extension}`
}

/** Whether a name is one that a run of this action gave to an upload, wherever it is mounted. */
export function isUploadName(name: string): boolean {
  return UPLOAD_NAME.test(name)
}

/** Whether a name is one that something mounted at this path is uploaded under, whatever its content. */
export function isUploadNameOf(name: string, mountPath: string): boolean {
  return fingerprintIn(name, mountPath) !== undefined
}

/** Whether a name is one that this very content is uploaded under, by whatever run. */
export function isUploadNameFor(name: string, { mountPath, fingerprint }: NamedFile): boolean {
  return fingerprintIn(name, mountPath) === fingerprint
}

function fingerprintIn(name: string, mountPath: string): string | undefined {
  const { stem, extension } = partsOf(mountPath)
  const between = name.slice(stem.length + 1, name.length - extension.length)
  return name === `${stem}.${between}${extension}` ? FINGERPRINT.exec(between)?.[1] : undefined
}

/** What stands before and behind the fingerprint. */
function partsOf(mountPath: string): { readonly stem: string; readonly extension: string } {
  const base = path.posix.basename(redact(mountPath, SHORTEST_IN_VALUE)).replace(FORBIDDEN, '_')
  const own = path.posix.extname(base)
  const extension = Buffer.byteLength(own) > MAX_EXTENSION_BYTES || MISLEADING.test(own) ? '' : own
  const stem = base.slice(0, base.length - extension.length)
  return { stem: truncate(stem, MAX_BYTES - FINGERPRINT_LENGTH - 1 - Buffer.byteLength(extension)), extension }
}
