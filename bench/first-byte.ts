import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Sample } from './sample.ts'

/** The time from a process's start to its first byte at a server, which then ends both. */
export async function timeToFirstByte(
  start: (url: string, onStart: (child: ChildProcess) => void) => Promise<void>,
): Promise<Sample> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  let child: ChildProcess | undefined
  let started = Number.NaN
  let arrived = Number.NaN
  server.on('connection', (socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      arrived = performance.now()
      child?.kill('SIGKILL')
      socket.destroy()
    })
  })
  try {
    await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, (begun) => {
      started = performance.now()
      child = begun
    })
    if (Number.isNaN(arrived)) throw new Error('nothing was sent')
    return { seconds: (arrived - started) / 1000 }
  } finally {
    server.close()
  }
}
