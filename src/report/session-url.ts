/** The session in the console. `default` leads to the workspace that the session is in (documented). */
export function consoleUrl(sessionId: string): string {
  return `https://platform.claude.com/workspaces/default/sessions/${encodeURIComponent(sessionId)}`
}
