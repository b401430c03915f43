import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { ConnectProxy } from '../../harness/proxy.ts'
import { Scene } from '../../harness/scene.ts'
import { NAME_BEHIND_PROXY } from '../../harness/tls.ts'

/** A server that resets each connection when the first bytes of a TLS handshake have come. */
async function resetting() {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.on('error', () => {})
    socket.once('data', () => socket.resetAndDestroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    [Symbol.dispose]: () => void server.close(),
  }
}

/** How often one request is sent. */
const ATTEMPTS = 5

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

test.concurrent('a reset inside the TLS handshake: nothing can have acted, and post has nothing to name', async () => {
  await using scene = await openScene()
  using server = await resetting()
  const inputs = { files: 'a.txt', 'base-url': server.url }
  const { main, post } = await scene.job(inputs)
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/ECONNRESET/)
  expect(errorOf(main)).toContain('Could not connect.')
  expect(errorOf(main)).not.toMatch(/not known whether/)
  expect(annotations(post, 'warning')).toEqual([])
  expect(server.connections()).toBe(ATTEMPTS)
})

test.concurrent('a reset inside the TLS handshake through a proxy is no different', async () => {
  await using scene = await openScene()
  using server = await resetting()
  await using proxy = await ConnectProxy.start({ target: new URL(server.url) })
  const inputs = { files: 'a.txt', 'base-url': `https://${NAME_BEHIND_PROXY}` }
  const { main, post } = await scene.job(inputs, { env: { HTTPS_PROXY: proxy.url } })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).not.toMatch(/not known whether/)
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent('a create whose connection is reset inside the handshake is sent again without a look', async () => {
  await using scene = await openScene()
  using server = await resetting()
  const inputs = { files: 'a.txt', 'base-url': server.url, 'session-id': 'sesn_1' }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(1)
  expect(server.connections()).toBe(ATTEMPTS)
})

test.concurrent('after the request has left it is not known whether the service acted', async () => {
  await using scene = await openScene()
  scene.emulator.addFault({ kind: 'reset-before-read', match: { path: '^/v1/files$' }, times: 9 })
  const main = await scene.main({ files: 'a.txt' })
  expect(errorOf(main)).toContain('It is not known whether the service acted on this call.')
})

/** Has every name stand for two addresses: not every system has them for `localhost`, or even one. */
const SEVERAL = `data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns'
  const addresses = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]
  dns.lookup = (name, options, done) => done(null, addresses)
`)}`

test.concurrent('a name with several addresses, none of which answers: the error tells of each', async () => {
  await using scene = await openScene()
  const main = await scene.main(
    { files: 'a.txt', 'base-url': 'http://localhost:1' },
    { nodeOptions: ['--import', SEVERAL] },
  )
  expect(errorOf(main)).toMatch(/no answer: connection refused \(ECONNREFUSED (127\.0\.0\.1:1|::1:1)/)
})
