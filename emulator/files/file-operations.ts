import type { BetaDeletedFile } from '@anthropic-ai/sdk/resources/beta/files'
import * as v from 'valibot'
import { type Call, Download, type Operation, param } from '../http/call.ts'
import { invalid, Problem } from '../http/problem.ts'
import { digits } from '../http/query.ts'
import { decode } from '../http/schema.ts'
import { addFile, fileMetadata, findFile, findLiveFile, removeFile } from './files.ts'

const MAX_NAME = 255
const FORBIDDEN = /[<>:"|?*\\/\p{Cc}]/u

/** Documented: one hour to ninety days, set at upload. */
const FIELDS = v.object({ expires_in_seconds: v.optional(digits(3600, 7_776_000)) })

export const uploadFile: Operation = (world, call) => {
  const { upload } = call
  if (upload === undefined) throw invalid('file: Field required')
  const filename = decodeFilename(upload.filename)
  const { expires_in_seconds: seconds } = decode(FIELDS, upload.fields)
  const file = addFile(world, {
    filename,
    mimeType: upload.contentType,
    expiresAt: seconds === undefined ? null : world.now() + seconds * 1000,
    downloadable: false,
    scope: null,
    origin: 'upload',
    copyOf: null,
    blob: upload.blob,
  })
  return fileMetadata(world, file, call.betas)
}

/** Documented: 1 to 255 characters, some forbidden. Observed: only what follows the last slash is kept. */
function decodeFilename(sent: string | undefined): string {
  if (sent === undefined) return 'unnamed'
  const name = sent.slice(sent.lastIndexOf('/') + 1)
  if (name === '' || [...name].length > MAX_NAME) throw invalid(`filename: should have 1 to ${MAX_NAME} characters`)
  if (FORBIDDEN.test(name)) throw invalid('filename: contains forbidden characters')
  return name
}

export const retrieveFile: Operation = (world, call) =>
  fileMetadata(world, findFile(world, param(call, 'file')), call.betas)

export const downloadFile: Operation = (world, call) => {
  const file = findLiveFile(world, param(call, 'file'))
  if (!file.downloadable || file.blob.content === null)
    throw new Problem(400, `File ${file.id} is not downloadable`, { code: 'file_not_downloadable' })
  return new Download(file.blob.content, file.mimeType)
}

export const deleteFile: Operation = (world, call: Call): BetaDeletedFile => {
  const { id } = findFile(world, param(call, 'file'))
  removeFile(world, id)
  return { id, type: 'file_deleted' }
}
