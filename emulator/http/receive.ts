import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Platform } from '../platforms/platform.ts'
import type { Route } from '../routes.ts'
import type { World } from '../world.ts'
import type { JournalLine } from './journal.ts'
import { parseJson, readBody } from './json-body.ts'
import { Problem } from './problem.ts'
import { receiveUpload, type Upload } from './upload.ts'

/** What came as a request's body. */
export interface Received {
  readonly json?: unknown
  readonly upload?: Upload
  readonly problem?: Problem
}

interface ReceiverParts {
  readonly world: World
  readonly platform: Platform
  readonly bytesPerSecond: number | undefined
  readonly maxFileBytes: number
  readonly signal: AbortSignal
}

/** Reads the body to its end, also for a request that will be refused: an early reply could be lost in a reset. */
export async function receive(
  request: IncomingMessage,
  route: Route | undefined,
  line: JournalLine,
  parts: ReceiverParts,
): Promise<Received> {
  const body = throttle(request, parts.bytesPerSecond, parts.signal)
  try {
    if (route?.takes === 'upload') {
      const upload = await receiveUpload(body, request.headers, parts.world.settings.blobs, parts.maxFileBytes)
      line.upload(upload)
      return { upload }
    }
    const bytes = await readBody(body)
    if (route === undefined) return {}
    const json = route.takes === 'json' ? parseJson(bytes) : undefined
    if (route.takes === 'json') line.body(json)
    parts.platform.checkBody?.(request.headers, bytes)
    return { json }
  } catch (error) {
    // Anything else means that the caller hung up or the emulator is closing.
    if (error instanceof Problem) return { problem: error }
    throw error
  }
}

/** The same bytes at no more than the given rate, so that a sender feels a slow line. */
function throttle(body: Readable, bytesPerSecond: number | undefined, signal: AbortSignal): Readable {
  if (bytesPerSecond === undefined) return body
  return Readable.from(paced(body, bytesPerSecond, signal), { objectMode: false })
}

async function* paced(body: Readable, bytesPerSecond: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  const start = performance.now()
  let sent = 0
  for await (const chunk of body) {
    sent += chunk.length
    const wait = start + (sent / bytesPerSecond) * 1000 - performance.now()
    if (wait > 1) await sleep(wait, undefined, { signal })
    yield chunk
  }
}
