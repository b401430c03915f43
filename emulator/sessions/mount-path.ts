import { posix } from 'node:path'
import { invalid } from '../http/problem.ts'
import type { ResourceRecord } from '../world.ts'

const ROOT = '/mnt/session/uploads'
const MAX_LENGTH = 4096

const refuse = (reason: string): Error => invalid(`Invalid file resource: ${reason}`)

/**
 * Where a file is mounted. Observed: paths are re-rooted under `/mnt/session/uploads`, relative or not, and the default
 * is the uploaded file's id. A path that already names the root, in full or as `/uploads/`, is not nested again:
 * other implementers disagree on the full form, so clients should not send it.
 */
export function fileMountPath(sent: string | undefined, fileId: string): string {
  if (sent === undefined) return `${ROOT}/${fileId}`
  const segments = withoutRoot(sent)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
  if (sent.length > MAX_LENGTH || /\p{Cc}/u.test(sent))
    throw refuse('mount_path is too long or holds control characters')
  if (segments.includes('..')) throw refuse(`mount_path ${JSON.stringify(sent)} escapes /uploads/`)
  if (segments.length === 0) throw refuse(`mount_path ${JSON.stringify(sent)} names no file`)
  return posix.join(ROOT, ...segments)
}

function withoutRoot(sent: string): string {
  const root = [`${ROOT}/`, '/uploads/'].find((prefix) => sent.startsWith(prefix))
  return root === undefined ? sent : sent.slice(root.length)
}

/** Repositories are not re-rooted; documented default: `/workspace/<repository>`. */
export function repositoryMountPath(sent: string | undefined, repository: string): string {
  const path = sent ?? `/workspace/${repository}`
  const clean = posix.normalize(path).replace(/\/$/, '')
  if (!path.startsWith('/') || path.split('/').includes('..') || clean === '')
    throw invalid(`Invalid github_repository resource: mount_path ${JSON.stringify(path)} is not an absolute path`)
  return clean
}

/** Documented: a memory store is mounted at a slug of its name. */
export function memoryMountPath(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return `/mnt/memory/${slug === '' ? 'store' : slug}`
}

/** Refuses a path equal to, above or below one that is taken. Observed: the message shows the `/uploads/…` form. */
export function refuseOverlap(path: string, taken: Iterable<string>): void {
  for (const other of taken) {
    if (path !== other && !path.startsWith(`${other}/`) && !other.startsWith(`${path}/`)) continue
    throw refuse(`mount_path ${short(path)} overlaps another resource at ${short(other)}`)
  }
}

const short = (path: string): string => (path.startsWith(`${ROOT}/`) ? path.slice('/mnt/session'.length) : path)

/** The paths that a session's resources stand at. */
export const mountPaths = (resources: readonly ResourceRecord[]): string[] =>
  resources.flatMap(({ resource }) => (typeof resource.mount_path === 'string' ? [resource.mount_path] : []))
