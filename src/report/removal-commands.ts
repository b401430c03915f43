import { curlOptions } from '../api/credentials/curl-options.ts'
import type { Identity } from '../api/credentials/usable-credential.ts'
import { shellQuoted } from '../text/shell.ts'
import { isLost, type Thing } from '../undo/thing.ts'
import type { Leftover } from '../undo/undo-result.ts'

const HEADERS = '-H "anthropic-version: 2023-06-01" -H "anthropic-beta: managed-agents-2026-04-01"'

/** Where the service is, and as whom it was called. */
export interface ServiceAccess {
  readonly baseUrl: string
  readonly identity: Identity
}

/**
 * Shell commands that remove what is left, in an order that works: a session takes no changes once it is archived. Of what
 * another job may have made, and of what no request of its own removes, there are none.
 */
export function removalCommands(left: readonly Leftover[], service: ServiceAccess): readonly string[] {
  const things = left.flatMap(({ thing, isRemovable }) => (isRemovable && !isLost(thing) ? [thing] : []))
  const of = (kind: Thing['kind'], end?: 'archive' | 'delete') =>
    things.filter((thing) => thing.kind === kind && (thing.kind !== 'session' || thing.end === end)).map(pathOf)
  return [
    ...loop('DELETE', [...of('resource'), ...of('upload'), ...of('session', 'delete')], '', service),
    ...loop('POST', of('session', 'archive'), '/archive', service),
  ]
}

function loop(
  method: string,
  paths: readonly string[],
  suffix: string,
  { baseUrl, identity }: ServiceAccess,
): readonly string[] {
  if (paths.length === 0) return []
  const url = shellQuoted(`${baseUrl.replace(/\/+$/, '')}/v1/`)
  return [
    `for path in ${paths.map(shellQuoted).join(' ')}; do`,
    `  curl -sS -X ${method} ${url}"$path${suffix}" ${curlOptions(identity)} ${HEADERS}`,
    'done',
  ]
}

function pathOf(thing: Thing): string {
  switch (thing.kind) {
    case 'resource':
      return ['sessions', thing.sessionId, 'resources', thing.resourceId].map(encodeURIComponent).join('/')
    case 'upload':
      return `files/${encodeURIComponent(thing.fileId)}`
    case 'session':
      return `sessions/${encodeURIComponent(thing.sessionId)}`
  }
}
