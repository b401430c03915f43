import { code } from './markdown.ts'
import { consoleUrl } from './session-url.ts'

/** A session, and the workspace that the console shows it in, if that is known. */
export interface ShownSession {
  readonly id: string
  readonly workspace: string | undefined
}

/** A session's id in the summary, as a link where its place in the console is known. */
export function sessionLink({ id, workspace }: ShownSession): string {
  const url = consoleUrl(id, workspace)
  return url === undefined ? code(id) : `<a href="${url}">${code(id)}</a>`
}
