/**
 * The session in the console; undefined where its workspace is not known. `default` leads to the Default workspace only
 * (documented). Both are ids of the service, or have its form.
 */
export function consoleUrl(sessionId: string, workspace: string | undefined): string | undefined {
  return workspace === undefined
    ? undefined
    : `https://platform.claude.com/workspaces/${workspace}/sessions/${sessionId}`
}
