import type { Credential } from '../client.ts'

/** Calls the service with a key of it. @param workspaceId of the calls, for a key that reaches several */
export function apiKey(key: string, workspaceId?: string): Credential {
  const headers = { 'x-api-key': key, ...(workspaceId === undefined ? {} : { 'anthropic-workspace-id': workspaceId }) }
  return { description: 'API key', sign: async () => headers }
}
