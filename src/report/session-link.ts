import { code } from './markdown.ts'

/** A session, and the workspace that the console shows it in, if that is known. */
export interface ShownSession {
  readonly id: string
  readonly workspace: string | undefined
}

/**
 * The session in the console; undefined where its workspace is not known. `default` leads to the Default workspace only
 * (documented). Both are ids of the service, or have its form.
 */
export function consoleUrl(sessionId: string, workspace: string | undefined): string | undefined {
  return workspace === undefined
    ? undefined
    : `https://platform.claude.com/workspaces/${workspace}/sessions/${sessionId}`
}

/** A session's id in the summary, as a link where its place in the console is known. */
export function sessionLink({ id, workspace }: ShownSession): string {
  const url = consoleUrl(id, workspace)
  return url === undefined ? code(id) : `<a href="${url}">${code(id)}</a>`
}
