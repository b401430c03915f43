import type { Client } from './client.ts'
import { LengthError } from './errors.ts'
import { segment } from './id.ts'

/** Takes in the content of a file, piece by piece. */
export interface ContentSink {
  /** Forgets what was written: the content comes anew, from its first byte. */
  restart(): Promise<void>
  write(chunk: Uint8Array): Promise<void>
}

/**
 * `GET /v1/files/{id}/content`, without a beta header (generally available). Never held as a whole; asked for anew as a
 * whole when it breaks off (a part cannot be asked for: no range request is documented). Returns its size in bytes.
 * @param size what it has to come to, if that is known
 * @throws ApiError, or what the sink throws
 */
export function downloadFile(
  client: Client,
  fileId: string,
  size: number | undefined,
  sink: ContentSink,
): Promise<number> {
  const path = `/v1/files/${segment(fileId)}/content`
  return client.stream(
    { method: 'GET', path, accept: 'application/binary', repeat: 'freely' },
    async ({ call, chunks }) => {
      await sink.restart()
      let received = 0
      for await (const chunk of chunks) {
        received += chunk.length
        if (size !== undefined && received > size) throw new LengthError(call, size, `at least ${received}`)
        await sink.write(chunk)
      }
      if (size !== undefined && received !== size) throw new LengthError(call, size, String(received))
      return received
    },
  )
}
