import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { Scene } from '../../harness/scene.ts'
import { TlsFront } from '../../harness/tls.ts'

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

test.concurrent('a private CA that the runner knows (NODE_EXTRA_CA_CERTS) is fine', async () => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url)
  const env = { NODE_EXTRA_CA_CERTS: front.caFile }
  const { main, post } = await scene.job({ files: 'a.txt', 'base-url': front.url }, { env })
  expect([annotations(main, 'error'), annotations(post, 'warning')]).toEqual([[], []])
  expect(main.outputs['mounted-count']).toBe('1')
  expect(main.stdout).toContain(`Using API key at ${front.url}`)
})

test.concurrent('a server that offers HTTP/2 is spoken to in HTTP/1.1', async () => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url)
  const env = { NODE_EXTRA_CA_CERTS: front.caFile }
  const { main, post } = await scene.job({ files: 'a.txt', 'base-url': front.url }, { env })
  expect([main.exitCode, annotations(post, 'warning')]).toEqual([0, []])
  expect(new Set(front.protocols)).toEqual(new Set(['http/1.1']))
})

test.concurrent('a private CA that it does not know: refused at once, with the variable that helps', async () => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url)
  const { main, post } = await scene.job({ files: 'a.txt', 'base-url': front.url })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/certificate/)
  expect(errorOf(main)).toContain('`NODE_EXTRA_CA_CERTS`')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('NODE_TLS_REJECT_UNAUTHORIZED=0 does not turn the check off', async () => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url)
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const main = await scene.main({ files: 'a.txt', 'base-url': front.url }, { env })
  expect(main.exitCode).toBe(1)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a certificate for another name: the error says so, and does not blame the CA', async () => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url)
  const env = { NODE_EXTRA_CA_CERTS: front.caFile }
  // The certificate names 127.0.0.1 and localhost; the same address has another form.
  const url = front.url.replace('127.0.0.1', '[::ffff:127.0.0.1]')
  const main = await scene.main({ files: 'a.txt', 'base-url': url }, { env })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/ERR_TLS_CERT_ALTNAME_INVALID/)
  expect(errorOf(main)).not.toContain('NODE_EXTRA_CA_CERTS')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each([
  ['has expired', { from: new Date('2020-01-01'), to: new Date('2021-01-01') }, 'has a certificate that has expired'],
  [
    'is not valid yet',
    { from: new Date('2096-01-01'), to: new Date('2097-01-01') },
    'is not valid yet. Check the runner',
  ],
])('a certificate that %s: the error says so, and does not blame the CA', async (_, validity, text) => {
  await using scene = await openScene()
  await using front = await TlsFront.start(scene.emulator.url, validity)
  const env = { NODE_EXTRA_CA_CERTS: front.caFile }
  const main = await scene.main({ files: 'a.txt', 'base-url': front.url }, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toContain(text)
  expect(errorOf(main)).toContain('The server')
  expect(errorOf(main)).not.toContain('NODE_EXTRA_CA_CERTS')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('https to a server that speaks plain http: the error says so, without text of OpenSSL', async () => {
  await using scene = await openScene()
  const url = scene.emulator.url.replace('http:', 'https:')
  const main = await scene.main({ files: 'a.txt', 'base-url': url })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toContain('The server did not answer with TLS; it seems to speak plain http.')
  expect(errorOf(main)).toContain('`base-url`')
  expect(errorOf(main)).not.toMatch(/certificate|routines|openssl|\.c:/i)
})

test.concurrent('a host that no DNS knows: the error says what to look at', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt', 'base-url': 'https://no-such-host.invalid' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/ENOTFOUND|EAI_AGAIN/)
  expect(errorOf(main)).toMatch(/no-such-host\.invalid/)
  expect(errorOf(main)).toMatch(/DNS/)
})

/** A server that sends everyone elsewhere. */
async function redirector(target: string) {
  const server = createServer((_, response) => response.writeHead(307, { location: target }).end())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void server.close().closeAllConnections(),
  }
}

test.concurrent('a redirect is not followed: the credential stays where it was meant for', async () => {
  await using scene = await openScene()
  using elsewhere = await redirector(`${scene.emulator.url}/v1/files`)
  const main = await scene.main({ files: 'a.txt', 'base-url': elsewhere.url })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/307.*Redirects are not followed/s)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('nor is one of the exchange', async () => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  using elsewhere = await redirector(`${scene.emulator.url}/v1/oauth/token`)
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt', 'base-url': elsewhere.url }, { env })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/307/)
  expect(scene.emulator.journal()).toEqual([])
})
