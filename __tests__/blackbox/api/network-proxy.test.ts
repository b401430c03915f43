import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { ConnectProxy, type ProxyOptions } from '../../harness/proxy.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'
import { onPosix } from '../../harness/system.ts'
import { NAME_BEHIND_PROXY, TlsFront } from '../../harness/tls.ts'
import { leaks, tracesOf } from '../../harness/trace.ts'

const USER = 'runner'
const PASSWORD = 'p@ss:w/rd canary%41-0123456789'
const LOGIN = { user: USER, password: PASSWORD }
const BEHIND = `https://${NAME_BEHIND_PROXY}`
const SECRETS = { password: PASSWORD, login: `${USER}:${PASSWORD}`, encoded: encodeURIComponent(PASSWORD) }
const DEBUG = { RUNNER_DEBUG: '1' }

/** A service that can only be reached through a proxy: by a name that no DNS knows, over TLS of a private CA. */
async function openBehind(options: ProxyOptions = LOGIN) {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const front = await TlsFront.start(scene.emulator.url)
  const proxy = await ConnectProxy.start({ ...options, target: new URL(front.url) })
  return {
    ...{ scene, front, proxy },
    run: (variable: string, address = proxy.url): Promise<{ main: StepResult; post: StepResult }> =>
      scene.job(
        { files: '*.txt', 'base-url': BEHIND },
        { env: { ...DEBUG, NODE_EXTRA_CA_CERTS: front.caFile, [variable]: address } },
      ),
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy[Symbol.asyncDispose](), front[Symbol.asyncDispose](), scene[Symbol.asyncDispose]()])
    },
  }
}

test.concurrent.each(['HTTPS_PROXY', 'https_proxy'])(
  '%s with user and password: all goes through its tunnel',
  async (variable) => {
    await using behind = await openBehind()
    const { main, post } = await behind.run(variable)
    expect(annotations(main, 'error')).toEqual([])
    expect(main.outputs['mounted-count']).toBe('2')
    expect(annotations(post, 'warning')).toEqual([])
    expect(behind.scene.emulator.snapshot().files).toEqual([])
    expect(behind.proxy.requests().length).toBeGreaterThanOrEqual(2)
    const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`
    for (const request of behind.proxy.requests())
      expect(request).toEqual({ method: 'CONNECT', target: `${NAME_BEHIND_PROXY}:443`, authorization, status: 200 })
    for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
    expect(main.masks).toContain(PASSWORD.replaceAll('%', '%25'))
  },
)

test.concurrent('NODE_TLS_REJECT_UNAUTHORIZED=0 does not turn the check of the certificate off behind a proxy either', async () => {
  await using behind = await openBehind()
  const { scene, proxy } = behind
  const env = { HTTPS_PROXY: proxy.url, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const main = await scene.main({ files: '*.txt', 'base-url': BEHIND }, { env })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('`NODE_EXTRA_CA_CERTS`')
  expect(proxy.requests().length).toBeGreaterThan(0)
  expect(scene.emulator.journal()).toEqual([])
})

// On Windows these are one variable.
onPosix.each([
  ['HTTPS_PROXY', 'https_proxy'],
  ['https_proxy', 'HTTPS_PROXY'],
])('%s is used though %s is there and empty', async (variable, empty) => {
  await using behind = await openBehind()
  const { scene, front, proxy } = behind
  const env = { NODE_EXTRA_CA_CERTS: front.caFile, [empty]: '', [variable]: proxy.url }
  const main = await scene.main({ files: '*.txt', 'base-url': BEHIND }, { env })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['mounted-count']).toBe('2')
})

test.concurrent('a federated run exchanges its token through the tunnel too', async () => {
  await using federated = await FederatedScene.open()
  const { scene } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  await using front = await TlsFront.start(scene.emulator.url)
  await using proxy = await ConnectProxy.start({ ...LOGIN, target: new URL(front.url) })
  const env = { ...federated.env, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt', 'base-url': BEHIND }, { env })
  expect(annotations(main, 'error')).toEqual([])
  expect(federated.exchanges()).toHaveLength(1)
  expect(proxy.requests().every(({ target }) => target === `${NAME_BEHIND_PROXY}:443`)).toBe(true)
})

test.concurrent.each(['HTTP_PROXY', 'http_proxy'])(
  '%s is used for plain http, and HTTPS_PROXY for https alone',
  async (variable) => {
    await using scene = await Scene.open()
    await using proxy = await ConnectProxy.start(LOGIN)
    await using other = await ConnectProxy.start()
    scene.workspace.write({ 'a.txt': 'a' })
    const env = { ...DEBUG, [variable]: proxy.url, HTTPS_PROXY: other.url }
    const { main, post } = await scene.job({ files: 'a.txt' }, { env })
    expect(annotations(main, 'error')).toEqual([])
    expect(main.outputs['mounted-count']).toBe('1')
    expect(proxy.requests().length).toBeGreaterThanOrEqual(2)
    expect(proxy.requests().every(({ status }) => status === 200)).toBe(true)
    expect(other.requests()).toEqual([])
    for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
    // What is for the proxy does not go on to the service.
    for (const { headers } of scene.sent()) expect(headers).not.toHaveProperty('proxy-authorization')
  },
)

test.concurrent('HTTP_PROXY alone is none for https', async () => {
  await using scene = await Scene.open()
  await using front = await TlsFront.start(scene.emulator.url)
  await using proxy = await ConnectProxy.start()
  scene.workspace.write({ 'a.txt': 'a' })
  const env = { HTTP_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  const main = await scene.main({ files: 'a.txt', 'base-url': front.url }, { env })
  expect(annotations(main, 'error')).toEqual([])
  expect(proxy.requests()).toEqual([])
})

test.concurrent.each([
  { NO_PROXY: '127.0.0.1' },
  { no_proxy: 'example.com, 127.0.0.1,.internal' },
  { NO_PROXY: '*' },
  { NO_PROXY: '10.0.0.0/8,127.0.0.0/8' },
  { NO_PROXY: '127.*' },
])('%j goes past the proxy', async (env) => {
  await using scene = await Scene.open()
  await using front = await TlsFront.start(scene.emulator.url)
  await using proxy = await ConnectProxy.start({ status: 502 })
  scene.workspace.write({ 'a.txt': 'a' })
  const all = { ...env, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  for (const url of [front.url, scene.emulator.url]) {
    const main = await scene.main({ files: 'a.txt', 'base-url': url }, { env: all })
    expect(annotations(main, 'error')).toEqual([])
  }
  expect(proxy.requests()).toEqual([])
})

test.concurrent('NO_PROXY for another host does not', async () => {
  await using scene = await Scene.open()
  await using proxy = await ConnectProxy.start()
  scene.workspace.write({ 'a.txt': 'a' })
  const env = { NO_PROXY: 'example.com,10.0.0.1', HTTP_PROXY: proxy.url }
  expect((await scene.main({ files: 'a.txt' }, { env })).exitCode).toBe(0)
  expect(proxy.requests().length).toBeGreaterThan(0)
})

test.concurrent.each([
  ['for https', 'HTTPS_PROXY', true],
  ['for http', 'HTTP_PROXY', false],
])('a proxy that answers 407, %s: the error says that it wants a user and a password', async (_, variable, isTls) => {
  await using behind = await openBehind()
  const wrong = behind.proxy.url.replace(encodeURIComponent(PASSWORD), 'wrong-canary-0123456789')
  const { scene } = behind
  const env = { ...DEBUG, NODE_EXTRA_CA_CERTS: behind.front.caFile, [variable]: wrong }
  const { main, post } = await scene.job({ files: '*.txt', 'base-url': isTls ? BEHIND : scene.emulator.url }, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/407/)
  expect(errorOf(main)).toMatch(/proxy/i)
  expect(errorOf(main)).toMatch(/user/)
  expect(errorOf(main)).toContain(variable)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
  for (const step of [main, post]) expect(leaks(tracesOf(step), { wrong: 'wrong-canary-0123456789' })).toEqual([])
  // Waiting does not cure it.
  expect(behind.proxy.requests().length).toBeLessThanOrEqual(4)
})

test.concurrent('a proxy that does not get through (502): the error names the proxy and its answer', async () => {
  await using behind = await openBehind({ ...LOGIN, status: 502 })
  const { main } = await behind.run('HTTPS_PROXY')
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/502/)
  expect(errorOf(main)).toMatch(/proxy/i)
  expect(leaks(tracesOf(main), SECRETS)).toEqual([])
})

test.concurrent('a proxy that is down: the error names the proxy, never its password', async () => {
  await using behind = await openBehind()
  const { url, host } = behind.proxy
  await behind.proxy[Symbol.asyncDispose]()
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const env = { ...DEBUG, HTTPS_PROXY: url }
  const main = await scene.main({ files: 'a.txt', 'base-url': BEHIND }, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/ECONNREFUSED/)
  expect(errorOf(main)).toContain(host)
  expect(errorOf(main)).toMatch(/proxy/i)
  expect(leaks(tracesOf(main), SECRETS)).toEqual([])
})

test.concurrent('an address without a scheme is taken as the toolkit and curl take it: for http', async () => {
  await using behind = await openBehind()
  const { main, post } = await behind.run('HTTPS_PROXY', behind.proxy.url.replace('http://', ''))
  expect(annotations(main, 'error')).toEqual([])
  expect(behind.proxy.requests().length).toBeGreaterThan(0)
  for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
  expect(main.masks).toContain(PASSWORD.replaceAll('%', '%25'))
})

test.concurrent('a password that is not encoded, with a stray percent sign, is taken as it stands', async () => {
  const password = 'canary-100%-of-it'
  await using behind = await openBehind({ user: USER, password })
  const { main, post } = await behind.run('HTTPS_PROXY', `http://${USER}:${password}@${behind.proxy.host}`)
  expect([annotations(main, 'error'), annotations(post, 'warning')]).toEqual([[], []])
  expect(new Set(behind.proxy.requests().map(({ status }) => status))).toEqual(new Set([200]))
  for (const step of [main, post]) expect(leaks(tracesOf(step), { password })).toEqual([])
})

test.concurrent.each(['socks5', 'socks5h', 'socks4', 'socks'])(
  'a %s proxy: one error that says that it is not supported',
  async (scheme) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const env = { ...DEBUG, HTTPS_PROXY: `${scheme}://x:canary-0123456789@127.0.0.1:1080` }
    const main = await scene.main({ files: 'a.txt', 'base-url': BEHIND }, { env })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/HTTPS_PROXY names a SOCKS proxy, which is not supported/)
    expect(tracesOf(main)).not.toContain('canary-0123456789')
  },
)

test.concurrent('an https proxy that speaks http: the error says so, and does not blame the CA', async () => {
  await using behind = await openBehind()
  const { main, post } = await behind.run('HTTPS_PROXY', behind.proxy.url.replace('http:', 'https:'))
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/The proxy did not answer with TLS; it seems to speak plain http\. .*HTTPS_PROXY/)
  expect(errorOf(main)).not.toMatch(/NODE_EXTRA_CA_CERTS|routines|base-url/)
  expect(annotations(post, 'warning')).toEqual([])
  for (const step of [main, post]) expect(leaks(tracesOf(step), SECRETS)).toEqual([])
})

test.concurrent.each(['not a url', 'http://user:canary-0123456789@[bad', 'ftp://x:canary-0123456789@h:1'])(
  'HTTPS_PROXY=%s, which is no address of a proxy: one error that names the variable, not its value',
  async (value) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const main = await scene.main({ files: 'a.txt', 'base-url': BEHIND }, { env: { ...DEBUG, HTTPS_PROXY: value } })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toContain('HTTPS_PROXY')
    expect(tracesOf(main)).not.toContain('canary-0123456789')
  },
)
