import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type CloudScene, openCloud } from '../../harness/cloud.ts'
import { ConnectProxy } from '../../harness/proxy.ts'
import { leaks, tracesOf } from '../../harness/trace.ts'

const NO_KEYS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' }

/** Stands in for AWS's token service: gives a role's credentials for a web identity. */
async function startTokenService({ env }: CloudScene) {
  const asked: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)))
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(`<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials>
<AccessKeyId>${env.AWS_ACCESS_KEY_ID}</AccessKeyId><SecretAccessKey>${env.AWS_SECRET_ACCESS_KEY}</SecretAccessKey>
<SessionToken>${env.AWS_SESSION_TOKEN}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
</Credentials><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

/** A web identity, as a runner in a cluster has it. */
function webIdentity(scene: CloudScene, url: string) {
  scene.workspace.write({ '.aws/token': 'web-identity-token-0123456789' })
  return {
    ...NO_KEYS,
    AWS_WEB_IDENTITY_TOKEN_FILE: scene.workspace.path('.aws/token'),
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/agents',
    AWS_ENDPOINT_URL_STS: url,
  }
}

test.concurrent('a web identity: its role’s credentials are asked for once, sign every request, and show up nowhere', async () => {
  await using scene = await openCloud('aws')
  await using tokens = await startTokenService(scene)
  const env = { ...webIdentity(scene, tokens.url), RUNNER_DEBUG: '1' }
  const { main, post } = await scene.job(scene.given, { env })
  expect([main.stderr, annotations(main, 'error'), annotations(post, 'warning')]).toEqual(['', [], []])
  expect(tokens.asked.map((body) => body.get('WebIdentityToken'))).toEqual(
    Array(2).fill('web-identity-token-0123456789'),
  )
  const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = scene.env
  for (const step of [main, post]) {
    expect(step.masks).toEqual(expect.arrayContaining([AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN]))
    expect(leaks(tracesOf(step), { AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN })).toEqual([])
  }
})

test.concurrent('keys of the environment go before a profile that is named there', async () => {
  await using scene = await openCloud('aws')
  const main = await scene.main(scene.given, { env: { AWS_PROFILE: 'nobody' } })
  expect([main.exitCode, main.stderr, annotations(main, 'error')]).toEqual([0, '', []])
})

test.concurrent('a profile that is nowhere: what AWS’s own library says, and the step that is missing', async () => {
  await using scene = await openCloud('aws')
  const env = { ...NO_KEYS, AWS_PROFILE: 'nobody', AWS_EC2_METADATA_DISABLED: 'true' }
  const main = await scene.main(scene.given, { env })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(
    /AWS gave no credentials: .*\. Run `aws-actions\/configure-aws-credentials` before this step/,
  )
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a token service that is behind a proxy', async () => {
  await using scene = await openCloud('aws')
  await using tokens = await startTokenService(scene)
  await using proxy = await ConnectProxy.start()
  const env = { ...webIdentity(scene, tokens.url), HTTP_PROXY: proxy.url }
  const main = await scene.main({ ...scene.given, 'dry-run': 'true', 'session-name': 'x' }, { env })
  expect([main.stderr, annotations(main, 'error')]).toEqual(['', []])
  expect(proxy.requests().map(({ target }) => target)).toContainEqual(expect.stringContaining(tokens.url.slice(7)))
})
