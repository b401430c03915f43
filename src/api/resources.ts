import type {
  BetaManagedAgentsDeleteSessionResource,
  BetaManagedAgentsGitHubRepositoryResource,
  BetaManagedAgentsSessionResource,
  ResourceAddParams,
  ResourceUpdateParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import { mountPathOfReply } from '../paths/mount-path.ts'
import { asObject, asText, type JsonObject } from '../text/json.ts'
import type { Client } from './client.ts'
import { MANAGED_AGENTS_BETA } from './client.ts'
import { ApiError } from './errors.ts'
import { acceptAny, goneIf404 } from './files.ts'
import { readId, segment } from './id.ts'
import { decodePage, itemsOf } from './page.ts'
import { jsonBody } from './request.ts'

/**
 * A resource on a session, as far as it is needed. Only a file has `file_id` (the session's own copy); a memory store
 * has no `id`.
 */
export interface SessionResource {
  readonly type: BetaManagedAgentsSessionResource['type'] | (string & {})
  readonly id: string | undefined
  readonly mount_path: string | undefined
  readonly file_id: string | undefined
  /** Of a repository. */
  readonly url: string | undefined
  readonly checkout: BetaManagedAgentsGitHubRepositoryResource['checkout']
  readonly memory_store_id: string | undefined
  /** Of a memory store; undefined where the server does not say. */
  readonly access: string | undefined
}

/** The body of an add: one file. Repositories and memory stores can only be given when a session is created. */
export type AddFileParams = Required<Pick<ResourceAddParams, 'type' | 'file_id'>> & { readonly mount_path: string }

/** `POST /v1/sessions/{id}/resources`. @throws ApiError */
export function addFile(
  client: Client,
  sessionId: string,
  params: AddFileParams,
): Promise<SessionResource & { readonly id: string }> {
  return client.send(
    {
      method: 'POST',
      path: resourcesPath(sessionId),
      beta: MANAGED_AGENTS_BETA,
      body: jsonBody(params),
      repeat: 'if-not-acted',
      isFinalConflict: (inTurn) => isTaken(inTurn, sessionId, params.mount_path),
    },
    (json) => {
      const resource = decodeResource(json)
      return resource?.id === undefined ? undefined : { ...resource, id: resource.id }
    },
  )
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
export async function listResources(client: Client, sessionId: string): Promise<readonly SessionResource[]> {
  const fetchPage = (page: string | undefined) =>
    client.send(
      {
        method: 'GET',
        path: resourcesPath(sessionId),
        query: { limit: 1000, page },
        beta: MANAGED_AGENTS_BETA,
        repeat: 'freely',
      },
      decodePage(decodeResource),
    )
  return Array.fromAsync(itemsOf(fetchPage))
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
  const body = jsonBody(params)
  return client.send({ method: 'POST', path, beta: MANAGED_AGENTS_BETA, body, repeat: 'freely' }, decodeResource)
}

/** `DELETE /v1/sessions/{id}/resources/{id}`. Resolves to whether it was still there. @throws ApiError */
export function deleteResource(
  client: Client,
  sessionId: string,
  resourceId: BetaManagedAgentsDeleteSessionResource['id'],
): Promise<'deleted' | 'gone'> {
  const path = `${resourcesPath(sessionId)}/${segment(resourceId)}`
  return goneIf404(client.send({ method: 'DELETE', path, beta: MANAGED_AGENTS_BETA, repeat: 'freely' }, acceptAny))
}

export function decodeResource(json: unknown): SessionResource | undefined {
  const resource = asObject(json)
  const type = asText(resource?.type)
  if (resource === undefined || type === undefined) return undefined
  return {
    type,
    id: readId(resource.id),
    mount_path: asText(resource.mount_path),
    file_id: readId(resource.file_id),
    url: asText(resource.url),
    checkout: decodeCheckout(asObject(resource.checkout)),
    memory_store_id: readId(resource.memory_store_id),
    access: asText(resource.access),
  }
}

function decodeCheckout(checkout: JsonObject | undefined): SessionResource['checkout'] {
  const [name, sha] = [asText(checkout?.name), asText(checkout?.sha)]
  if (checkout?.type === 'branch' && name !== undefined) return { type: 'branch', name }
  if (checkout?.type === 'commit' && sha !== undefined) return { type: 'commit', sha }
  return null
}

function resourcesPath(sessionId: string): string {
  return `/v1/sessions/${segment(sessionId)}/resources`
}
