import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** The same bytes at no more than the given rate, so that a sender feels a slow line. */
export function throttle(body: Readable, bytesPerSecond: number | undefined, signal: AbortSignal): Readable {
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
