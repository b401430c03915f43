import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

type Watcher = (request: IncomingMessage) => void

const watchers = new Map<number, Watcher>()

// Node's own servers tell of each request here before they handle it, the emulators of this process among them.
subscribe('http.server.request.start', (message) => {
  const { request } = message as { readonly request: IncomingMessage }
  watchers.get(request.socket.localPort ?? 0)?.(request)
})

/** Which request: the nth from now, of those with this method and a path of this pattern where they are given. */
interface Awaited {
  readonly method?: string
  readonly path?: string
  readonly nth: number
}

/**
 * Calls back once, at the moment when a server of this process has the whole of that request, or has hung up on it. The
 * reply to it has not been sent then.
 */
export function onArrival(url: string, { method, path = '', nth }: Awaited, act: () => void): void {
  const port = Number(new URL(url).port)
  const pattern = new RegExp(path)
  let seen = 0
  watchers.set(port, (request) => {
    const [target = ''] = (request.url ?? '').split('?')
    if ((method ?? request.method) !== request.method || !pattern.test(target)) return
    if (++seen !== nth) return
    watchers.delete(port)
    let isDone = false
    const once = () => {
      if (!isDone) act()
      isDone = true
    }
    request.once('end', once).once('close', once)
  })
}
