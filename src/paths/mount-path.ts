/** The service mounts files below this folder (platform documentation since 2026-07-23; observed 2026-05-28). */
export const UPLOADS_ROOT = '/mnt/session/uploads'

/** The strictest server known takes 1024 bytes; the documented limit is 4096 characters. */
const MAX_BYTES = 1024

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/** Characters that reorder text or are invisible (Unicode, Bidi_Control and Default_Ignorable_Code_Point). */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/

/** Joiners make emoji and letters of many scripts what they are; beside plain letters they only hide. */
const STRAY_JOINER = /(?<!\P{ASCII})[\u200c\u200d]|[\u200c\u200d](?!\P{ASCII})/u

/** A mount path, or why a text is none. */
export type MountPathResult =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string }

/**
 * Brings a mount path to the one form that every known server takes: one leading slash, clean segments, relative to
 * the uploads root. `/mnt/session/uploads/x` and `/uploads/x` become `/x`, since some servers would nest them again.
 * The root itself is `/`.
 */
export function parseMountPath(text: string): MountPathResult {
  if (!text.startsWith('/')) return refuse('a mount path must start with "/"')
  if (CONTROL.test(text)) return refuse('a mount path must not contain control characters')
  if (INVISIBLE.test(text) || STRAY_JOINER.test(text))
    return refuse('a mount path must not contain invisible characters')
  const segments = withoutUploadsRoot(text)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return refuse('a mount path must not contain ".."')
  const path = `/${segments.join('/')}`
  if (Buffer.byteLength(path) > MAX_BYTES) return refuse(`a mount path must not be longer than ${MAX_BYTES} bytes`)
  return { ok: true, path }
}

/**
 * The mount path that a server's reply means. Servers echo the absolute path, the path below `/uploads`, or the path
 * that was asked for; all three become the form that we send, so that a reply can be matched with its request.
 */
export function mountPathOfReply(text: string): string {
  const parsed = parseMountPath(text.startsWith('/') ? text : `/${text}`)
  return parsed.ok ? parsed.path : text
}

/** Absolute path in the container. */
export function containerPath(path: string): string {
  return `${UPLOADS_ROOT}${path}`
}

/** `a` is `b`, or a folder above it. Both are mount paths. */
export function isSameOrAbove(a: string, b: string): boolean {
  return a === b || a === '/' || b.startsWith(`${a}/`)
}

function withoutUploadsRoot(text: string): string {
  for (const root of [UPLOADS_ROOT, '/uploads']) {
    if (text === root || text.startsWith(`${root}/`)) return text.slice(root.length)
  }
  return text
}

function refuse(reason: string): MountPathResult {
  return { ok: false, reason }
}

/** Where a repository is mounted. @param asked undefined where the service chooses */
export function repositoryPath(url: string, asked: string | undefined): string {
  return asked ?? `/workspace/${url.split('/').at(-1)}`
}
