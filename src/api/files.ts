import type { BetaFileMetadata } from '@anthropic-ai/sdk/resources/beta/files'
import * as v from 'valibot'
import { amount, type Fields, lenient, text } from '../text/json.ts'
import { type ApiRequest, type Client, MANAGED_AGENTS_BETA } from './client.ts'
import { saysGone } from './errors.ts'
import { id, segment } from './id.ts'
import { type FileSource, multipartBody } from './multipart.ts'
import { fetchPages, pageOf } from './page.ts'

const wireFile = {
  id,
  filename: lenient(text),
  /** As the server counted. */
  size_bytes: lenient(amount),
  downloadable: lenient(v.boolean()),
  created_at: lenient(text),
  expires_at: lenient(text),
  /** Whose file it is; null for one of the workspace. */
  scope: v.optional(v.fallback(v.nullable(v.object({ id })), null)),
} satisfies Fields<BetaFileMetadata>

const storedFile = v.pipe(
  // Another server has a plain `scope_id` (seen).
  v.object({ ...wireFile, scope_id: lenient(id) }),
  v.transform(({ scope_id, ...file }) => (scope_id === undefined ? file : { ...file, scope: { id: scope_id } })),
)

/** A stored file, as far as it is needed; a server may tell no more than its id. */
export type StoredFile = Readonly<v.InferOutput<typeof storedFile>>

/** The server may check the content before it answers. */
const UPLOAD_TIMEOUT_MS = 300_000

/**
 * `POST /v1/files`, multipart, without a beta header (generally available). Sent again even if its reply was lost:
 * what may then be left is found by its name.
 * @param onLost called for each attempt of which that is so
 * @throws ApiError, or what the source throws
 */
export function uploadFile(
  client: Client,
  file: FileSource,
  expiresInSeconds: number,
  onLost?: () => void,
): Promise<StoredFile> {
  return client.send(
    {
      method: 'POST',
      path: '/v1/files',
      body: multipartBody(file, { expires_in_seconds: String(expiresInSeconds) }),
      repeat: 'freely',
      onLost,
      timeoutMs: UPLOAD_TIMEOUT_MS,
    },
    storedFile,
  )
}

/** `GET /v1/files/{id}`. Works for a session's copies too. @throws ApiError */
export function retrieveFile(client: Client, fileId: string): Promise<Pick<BetaFileMetadata, 'id' | 'filename'>> {
  const path = `/v1/files/${segment(fileId)}`
  return client.send({ method: 'GET', path, repeat: 'freely' }, v.object({ id, filename: text }))
}

/** Documented limit of ids in one request. */
export const MAX_LISTED_IDS = 100

/** A list that says that it goes on, but not how, is none: files would be missing without a word. */
const filePage = v.pipe(
  pageOf(storedFile),
  v.check(({ next_page, has_more }) => next_page !== undefined || has_more !== true),
)

/**
 * The pages of `GET /v1/files`: all files, or a session's copies and outputs, of which the beta of managed agents tells
 * whose they are; or the files with these ids, at most `MAX_LISTED_IDS`, of which the service leaves out what is not there.
 * @throws ApiError
 */
export function listFiles(
  client: Client,
  filter: { readonly scope_id?: string } | { readonly ids: readonly string[] } = {},
): AsyncGenerator<readonly StoredFile[]> {
  const of: Pick<ApiRequest, 'query' | 'beta'> =
    'ids' in filter ? { query: filter } : { query: { ...filter, limit: 1000 }, beta: MANAGED_AGENTS_BETA }
  return fetchPages(client, { method: 'GET', path: '/v1/files', ...of, repeat: 'freely' }, filePage)
}

/** `DELETE /v1/files/{id}`. Resolves to whether it was still there. @throws ApiError */
export function deleteFile(client: Client, fileId: string): Promise<'done' | 'gone'> {
  return goneIf404(client, { method: 'DELETE', path: `/v1/files/${segment(fileId)}`, repeat: 'freely' })
}

/** Sends a delete: of what is not there it has done its work. The answers differ between servers and tell nothing new. */
export async function goneIf404(client: Client, request: ApiRequest): Promise<'done' | 'gone'> {
  try {
    await client.send(request, v.unknown())
    return 'done'
  } catch (error) {
    if (saysGone(error)) return 'gone'
    throw error
  }
}
