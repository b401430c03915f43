import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Cloud, openCloud } from '../../harness/cloud.ts'
import { ConnectProxy } from '../../harness/proxy.ts'
import { NAME_BEHIND_PROXY, TlsFront } from '../../harness/tls.ts'
import { leaks, tracesOf } from '../../harness/trace.ts'

const LOGIN = { user: 'runner', password: 'p@ss:w/rd canary%41-0123456789' }

/** A cloud, its token endpoint too, that can only be reached through a proxy, over TLS of a private CA. */
async function openBehind(platform: Cloud) {
  const scene = await openCloud(platform)
  const front = await TlsFront.start(scene.emulator.url)
  const proxy = await ConnectProxy.start({ ...LOGIN, target: new URL(front.url) })
  const behind = (text: string) => text.replaceAll(scene.emulator.url, `https://${NAME_BEHIND_PROXY}`)
  scene.workspace.write({ 'creds.json': behind(JSON.stringify(scene.emulator.credentialsFile ?? {})) })
  const google = platform === 'aws' ? {} : { GOOGLE_APPLICATION_CREDENTIALS: scene.workspace.path('creds.json') }
  const inputs = { ...scene.given, 'base-url': behind(scene.emulator.baseUrl) }
  return {
    ...{ scene, proxy, inputs, env: { ...google, HTTPS_PROXY: proxy.url }, caFile: front.caFile },
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy[Symbol.asyncDispose](), front[Symbol.asyncDispose](), scene[Symbol.asyncDispose]()])
    },
  }
}

test.concurrent.each(['aws', 'google-cloud'] as const)(
  '%s: all goes through the tunnel of a proxy',
  async (platform) => {
    await using behind = await openBehind(platform)
    const { scene, proxy, inputs, caFile } = behind
    const { main, post } = await scene.job(inputs, {
      env: { ...behind.env, NODE_EXTRA_CA_CERTS: caFile, RUNNER_DEBUG: '1' },
    })
    expect([main.stderr, annotations(main, 'error'), annotations(post, 'warning')]).toEqual(['', [], []])
    expect(scene.uploads()).toEqual([])
    expect(proxy.requests().length).toBeGreaterThan(0)
    for (const { method, target, status } of proxy.requests())
      expect([method, target, status]).toEqual(['CONNECT', `${NAME_BEHIND_PROXY}:443`, 200])
    for (const step of [main, post]) expect(leaks(tracesOf(step), { password: LOGIN.password })).toEqual([])
  },
)

test.concurrent('NODE_TLS_REJECT_UNAUTHORIZED=0 does not turn the check of certificates off for Google’s library', async () => {
  await using behind = await openBehind('google-cloud')
  const { scene, inputs } = behind
  const main = await scene.main(inputs, { env: { ...behind.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/Google Cloud gave no access token: .*certificate/)
  expect(scene.emulator.journal()).toEqual([])
})
