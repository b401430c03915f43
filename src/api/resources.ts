import type {
  BetaManagedAgentsDeleteSessionResource,
  BetaManagedAgentsSessionResource,
  ResourceAddParams,
  ResourceUpdateParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import * as v from 'valibot'
import { mountPathOfReply } from '../paths/mount-path.ts'
import { type Fields, lenient, text } from '../text/json.ts'
import type { Client } from './client.ts'
import { ApiError } from './errors.ts'
import { goneIf404 } from './files.ts'
import { id, segment } from './id.ts'
import { fetchPages, itemsOf, pageOf } from './page.ts'
import { jsonBody, sessionCall } from './request.ts'

const checkout = v.variant('type', [
  v.object({ type: v.literal('branch'), name: text }),
  v.object({ type: v.literal('commit'), sha: text }),
])

export const resource = v.object({
  type: text,
  /** A memory store has none. */
  id: lenient(id),
  mount_path: lenient(text),
  /** Of a file: the session's own copy. */
  file_id: lenient(id),
  /** Of a repository. */
  url: lenient(text),
  checkout: lenient(checkout),
  memory_store_id: lenient(id),
  /** Of a memory store; undefined where the server does not say. */
  access: lenient(text),
} satisfies Fields<BetaManagedAgentsSessionResource>)

/** A resource on a session, as far as it is needed. */
export type SessionResource = Readonly<v.InferOutput<typeof resource>>

/** The body of an add: one file. Repositories and memory stores can only be given when a session is created. */
export type AddFileParams = Required<Pick<ResourceAddParams, 'type' | 'file_id'>> & { readonly mount_path: string }

/** `POST /v1/sessions/{id}/resources`. @throws ApiError */
export function addFile(
  client: Client,
  sessionId: string,
  params: AddFileParams,
): Promise<SessionResource & { readonly id: string }> {
  const call = sessionCall('POST', resourcesPath(sessionId), {
    body: jsonBody(params),
    repeat: 'if-not-acted',
    isFinalConflict: (inTurn) => isTaken(inTurn, sessionId, params.mount_path),
  })
  return client.send(call, v.object({ ...resource.entries, id }))
}

/** Whether something is mounted at a path; no where that cannot be told. */
async function isTaken(client: Client, sessionId: string, mountPath: string): Promise<boolean> {
  const resources = await listResources(client, sessionId).catch((error: unknown) => {
    if (error instanceof ApiError) return []
    throw error
  })
  return resources.some(({ mount_path }) => mount_path !== undefined && mountPathOfReply(mount_path) === mountPath)
}

/** `GET /v1/sessions/{id}/resources`, all pages. @throws ApiError */
export function listResources(client: Client, sessionId: string): Promise<readonly SessionResource[]> {
  const call = sessionCall('GET', resourcesPath(sessionId), { query: { limit: 1000 }, repeat: 'freely' })
  return Array.fromAsync(itemsOf(fetchPages(client, call, pageOf(resource))))
}

/**
 * `POST /v1/sessions/{id}/resources/{id}` gives a repository another token. Sent again freely: twice is as good as once.
 * @throws ApiError
 */
export function rotateToken(
  client: Client,
  sessionId: string,
  resourceId: string,
  token: string,
): Promise<SessionResource> {
  const params: Pick<ResourceUpdateParams, 'authorization_token'> = { authorization_token: token }
  const path = `${resourcesPath(sessionId)}/${segment(resourceId)}`
  return client.send(sessionCall('POST', path, { body: jsonBody(params), repeat: 'freely' }), resource)
}

/** `DELETE /v1/sessions/{id}/resources/{id}`. Resolves to whether it was still there. @throws ApiError */
export function deleteResource(
  client: Client,
  sessionId: string,
  resourceId: BetaManagedAgentsDeleteSessionResource['id'],
): Promise<'done' | 'gone'> {
  const path = `${resourcesPath(sessionId)}/${segment(resourceId)}`
  return goneIf404(client, sessionCall('DELETE', path, { repeat: 'freely' }))
}

function resourcesPath(sessionId: string): string {
  return `/${segment(sessionId)}/resources`
}
