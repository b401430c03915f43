import { once } from 'node:events'
import type { Server } from 'node:http'

/** Starts a server on a port, of which 0 takes a free one. Resolves to the URL that it is reached at. */
export async function listen(server: Server, port = 0, host = '127.0.0.1'): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server is not listening on a port')
  return `http://${address.address}:${address.port}`
}

/** Ends a server at once: open connections are cut. */
export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
