import type { BetaFileMetadata, BetaFileScope } from '@anthropic-ai/sdk/resources/beta/files'
import { asAmount, asObject, asText, type JsonObject } from '../text/json.ts'
import type { Client } from './client.ts'
import { type ApiRequest, MANAGED_AGENTS_BETA } from './client.ts'
import { type CallName, saysGone } from './errors.ts'
import { readId, segment } from './id.ts'
import { type FileSource, multipartBody } from './multipart.ts'
import { decodePage, type Page } from './page.ts'

/** An upload, as far as it is needed. `size_bytes` is what the server counted, if it says so. */
export type UploadedFile = Pick<BetaFileMetadata, 'id'> & Partial<Pick<BetaFileMetadata, 'size_bytes' | 'expires_at'>>

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
): Promise<UploadedFile> {
  return client.send(
    {
      method: 'POST',
      path: '/v1/files',
      body: multipartBody(file, { expires_in_seconds: String(expiresInSeconds) }),
      repeat: 'freely',
      onLost,
      timeoutMs: UPLOAD_TIMEOUT_MS,
    },
    decodeUploadedFile,
  )
}

/** `GET /v1/files/{id}`. Works for a session's copies too. @throws ApiError */
export function retrieveFile(client: Client, fileId: string): Promise<Pick<BetaFileMetadata, 'id' | 'filename'>> {
  const path = `/v1/files/${segment(fileId)}`
  return client.send({ method: 'GET', path, repeat: 'freely' }, (json) => {
    const file = asObject(json)
    const [id, filename] = [readId(file?.id), asText(file?.filename)]
    return id === undefined || filename === undefined ? undefined : { id, filename }
  })
}

/** A stored file, as far as a list tells. */
export type ListedFile = Pick<BetaFileMetadata, 'id'> &
  Partial<Pick<BetaFileMetadata, 'filename' | 'size_bytes' | 'downloadable' | 'created_at'>> & {
    /** Whose file it is; null for one of the workspace. */
    readonly scope?: Pick<BetaFileScope, 'id'> | null
  }

/** Documented limit of ids in one request. */
export const MAX_LISTED_IDS = 100

/**
 * One page of `GET /v1/files`: all files, or a session's copies and outputs, of which the beta of managed agents tells whose
 * they are; or the files with these ids, at most `MAX_LISTED_IDS`, of which the service leaves out what is not there.
 * @throws ApiError
 */
export function listFiles(
  client: Client,
  filter: { readonly scope_id?: string; readonly page: string | undefined } | { readonly ids: readonly string[] },
): Promise<Page<ListedFile>> {
  const of: Pick<ApiRequest, 'query' | 'beta'> =
    'ids' in filter ? { query: filter } : { query: { ...filter, limit: 1000 }, beta: MANAGED_AGENTS_BETA }
  return client.send({ method: 'GET', path: '/v1/files', ...of, repeat: 'freely' }, decodeListedFiles)
}

/** `DELETE /v1/files/{id}`. Resolves to whether it was still there. @throws ApiError */
export async function deleteFile(client: Client, fileId: string): Promise<'deleted' | 'gone'> {
  return goneIf404(client.send({ method: 'DELETE', path: `/v1/files/${segment(fileId)}`, repeat: 'freely' }, acceptAny))
}

/** A delete of what is not there has done its work. */
export async function goneIf404(call: Promise<true>): Promise<'deleted' | 'gone'> {
  try {
    await call
    return 'deleted'
  } catch (error) {
    if (saysGone(error)) return 'gone'
    throw error
  }
}

/** For deletes, whose answers differ between servers and tell nothing new. */
export function acceptAny(): true {
  return true
}

/** A list that says that it goes on, but not how, is none: files would be missing without a word. */
function decodeListedFiles(json: unknown, call: CallName): Page<ListedFile> | undefined {
  const page = decodePage(decodeListedFile)(json, call)
  return page?.nextPage === undefined && asObject(json)?.has_more === true ? undefined : page
}

function decodeListedFile(json: unknown): ListedFile | undefined {
  const file = asObject(json)
  const id = readId(file?.id)
  if (file === undefined || id === undefined) return undefined
  const [filename, size] = [asText(file.filename), asAmount(file.size_bytes)]
  const [created, scope] = [asText(file.created_at), decodeScope(file)]
  return {
    id,
    ...(filename === undefined ? {} : { filename }),
    ...(size === undefined ? {} : { size_bytes: size }),
    ...(typeof file.downloadable === 'boolean' ? { downloadable: file.downloadable } : {}),
    ...(created === undefined ? {} : { created_at: created }),
    ...(scope === undefined ? {} : { scope }),
  }
}

/** Another server has a plain `scope_id` (seen). */
function decodeScope({ scope, scope_id }: JsonObject): ListedFile['scope'] {
  const id = readId(asObject(scope)?.id) ?? readId(scope_id)
  if (id !== undefined) return { id }
  return scope === undefined ? undefined : null
}

function decodeUploadedFile(json: unknown): UploadedFile | undefined {
  const file = asObject(json)
  const id = readId(file?.id)
  if (file === undefined || id === undefined) return undefined
  const size = file.size_bytes
  const expiry = asText(file.expires_at)
  return {
    id,
    ...(typeof size === 'number' ? { size_bytes: size } : {}),
    ...(expiry === undefined ? {} : { expires_at: expiry }),
  }
}
