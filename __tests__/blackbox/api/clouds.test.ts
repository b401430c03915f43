import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { CloudScene, CREDENTIALS_FILE } from '../../harness/cloud.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { mountedOn } from '../../harness/nightly.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'
import { sha256 } from '../../harness/workspace.ts'
import { read } from '../../meta/repository.ts'

const CLOUDS = ['aws', 'google-cloud'] as const

const DAY_MS = 86_400_000

const TURN = [
  { act: 'output-file', filename: 'out/ü b.md', content: 'Fine.' },
  { act: 'message', text: 'I see {{mounted}}' },
  { act: 'idle' },
] as const

/** It went well, and had nothing to warn of. */
function expectWell(step: StepResult): void {
  expect([step.exitCode, annotations(step, 'error'), annotations(step, 'warning'), step.stderr]).toEqual([
    0,
    [],
    [],
    '',
  ])
}

const HOLDERS = { aws: /^AWS4-HMAC-SHA256 /, 'google-cloud': /^Bearer ya29\./ } as const

/** Every request came with the cloud's own credential, and was let in. */
function expectOwnCredentials(scene: CloudScene): void {
  const sent = scene.sent()
  expect(sent.length).toBeGreaterThan(0)
  for (const { headers, status } of sent) {
    expect([headers['x-api-key'], headers.authorization, status]).toEqual([
      undefined,
      expect.stringMatching(HOLDERS[scene.platform]),
      200,
    ])
  }
}

describe.each(CLOUDS)('on %s', (platform) => {
  test('a new session: mounted, asked, downloaded from, and removed by post', async () => {
    await using scene = await CloudScene.on(platform, { agentScript: { turns: [TURN] } })
    scene.workspace.write({ 'data/a b.txt': 'a', 'data/ü.txt': 'u' })
    const inputs = { files: 'data', prompt: 'Look. ✓', wait: 'true', 'session-cleanup': 'delete' }
    const main = await scene.main(inputs)
    expectWell(main)
    const { 'session-id': id = '', reply } = main.outputs
    expect(reply).toMatch(/^I see .*a b\.txt/)
    expect(mountedOn(scene, id)).toEqual({ '/data/a b.txt': sha256('a'), '/data/ü.txt': sha256('u') })
    const before = scene.sent().length
    const download = await downloadStep(scene, { 'session-id': id, path: 'got' })
    expectWell(download)
    // Who may only read can download.
    expect(
      new Set(
        scene
          .sent()
          .slice(before)
          .map(({ method }) => method),
      ),
    ).toEqual(new Set(['GET']))
    expect(contentOf(scene.workspace.path('got'))).toEqual({ 'out/ü b.md': 'Fine.' })
    expectWell(await scene.post(main, inputs))
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
    expectOwnCredentials(scene)
  })

  test('an existing session: added to, refreshed, asked again, and left as it was', async () => {
    await using scene = await CloudScene.on(platform, { agentScript: { turns: [TURN] } })
    const id = await createSession(scene.emulator, { title: 'Nightly', files: { '/theirs.txt': 'theirs' } })
    scene.workspace.write({ 'data/1.txt': 'one', 'data/2.txt': 'two' })
    const inputs = { 'session-name': 'Nightly', files: 'data', cleanup: 'never' }
    expectWell(await scene.main(inputs))
    scene.workspace.write({ 'data/2.txt': 'changed', 'data/3.txt': 'three' }).remove('data/1.txt')
    const second = await scene.main({ ...inputs, prompt: 'And now?', wait: 'true' })
    expectWell(second)
    expect([second.outputs['session-id'], second.outputs['replaced-count'], second.outputs['added-count']]).toEqual([
      id,
      '1',
      '1',
    ])
    expect(mountedOn(scene, id)).toMatchObject({ '/data/2.txt': sha256('changed'), '/data/3.txt': sha256('three') })
    const third = { ...inputs, files: 'data/3.txt', 'mount-path': '/more/', cleanup: 'always' }
    const { main, post } = await scene.job(third)
    for (const step of [main, post]) expectWell(step)
    const manifest = second.outputs['manifest-path'] ?? ''
    expectWell(await runUnmount(scene, { manifest }))
    expect(mountedOn(scene, id)).toMatchObject({ '/theirs.txt': sha256('theirs') })
    expect(mountedOn(scene, id)).not.toHaveProperty('/data/2.txt')
    expectOwnCredentials(scene)
  })

  test('sessions of dead runs are swept', async () => {
    const clock = { offset: 0 }
    await using scene = await CloudScene.on(platform, { now: () => Date.now() + clock.offset })
    scene.workspace.write({ 'a.txt': 'a' })
    clock.offset = -3 * DAY_MS
    // By a key: a signature of today is no good three days ago. Tokens live until then.
    const env = { ANTHROPIC_AWS_API_KEY: scene.emulator.apiKey }
    const died = await scene.main({ files: 'a.txt', 'expires-in': '1h', 'session-cleanup': 'delete' }, { env })
    expectWell(died)
    expect(scene.sessions()).toHaveLength(1)
    clock.offset = 0
    const swept = await runUnmount(scene, { 'older-than': '2d', 'agent-id': SEED_AGENT })
    expectWell(swept)
    expect([swept.outputs['removed-count'], scene.sessions()]).toEqual(['1', []])
  })
})

test('with a key of the workspace on AWS, from the input or the variable', async () => {
  await using scene = await CloudScene.on('aws')
  scene.workspace.write({ 'a.txt': 'a' })
  const { apiKey } = scene.emulator
  const { AWS_SECRET_ACCESS_KEY: _, ...env } = scene.env
  scene.env = env
  const inputs = { files: 'a.txt', 'anthropic-api-key': apiKey }
  const { main, post } = await scene.job(inputs)
  for (const step of [main, post]) expectWell(step)
  scene.env = { ...env, ANTHROPIC_AWS_API_KEY: apiKey }
  expectWell(await scene.main({ files: 'a.txt' }))
  expect(new Set(scene.sent().map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${apiKey}`]))
})

test.each([
  ['aws', 'The AWS credentials have expired'],
  ['google-cloud', 'Google Cloud gave no access token'],
] as const)('on %s, credentials that end while main waits for the agent end the wait', async (platform, said) => {
  await using scene = await CloudScene.on(platform, { agentScript: 'silent' })
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main(
    { files: 'a.txt', prompt: 'Look.', wait: 'true', 'wait-timeout': '30s' },
    {
      onStart: async (child) => {
        while (!scene.requests().some((line) => line.endsWith('/events')) && child.exitCode === null) await sleep(20)
        // Google would give out another token.
        if (platform === 'google-cloud') scene.workspace.write({ [CREDENTIALS_FILE]: '{}' })
        scene.emulator.revokeTokens()
      },
    },
  )
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(said)
})

/** What the policy in docs/credentials.md allows. */
function documentedActions(): readonly string[] {
  const policy = /```json\n(\{[\s\S]*?\n\})\n```/.exec(read('docs/credentials.md'))?.[1] ?? ''
  const { Statement } = JSON.parse(policy) as { readonly Statement: { readonly Action: readonly string[] } }
  return Statement.Action.map((action) => action.replace('aws-external-anthropic:', ''))
}

test('the policy that the documents show is enough, and each action in it is needed for something', async () => {
  const allow = documentedActions()
  await using scene = await CloudScene.on('aws', { aws: { allow }, agentScript: { turns: [TURN] } })
  scene.workspace.write({ 'a.txt': 'a' })
  const run = async (inputs: Readonly<Record<string, string>>) => {
    const main = await scene.main({ files: 'a.txt', prompt: 'Look.', wait: 'true', ...inputs })
    expectWell(main)
    return main
  }
  const deleted = { 'session-name': 'New', 'session-cleanup': 'delete' }
  const main = await run(deleted)
  expectWell(await downloadStep(scene, { 'session-id': main.outputs['session-id'] ?? '', path: 'got' }))
  expectWell(await scene.post(main, deleted))
  const archived = { 'session-cleanup': 'archive' }
  const second = await run(archived)
  expectWell(await scene.post(second, archived))
  await createSession(scene.emulator, { title: 'Nightly' })
  const nightly = { 'session-name': 'Nightly', cleanup: 'never' }
  await run(nightly)
  scene.workspace.write({ 'a.txt': 'changed' })
  await run(nightly)
  const used = scene.sent().map(({ method, path }) => `${method} ${path}`)
  for (const [action, call] of Object.entries(CALLS))
    expect([action, used.some((line) => call.test(line))]).toEqual([action, true])
  expect(Object.keys(CALLS).sort()).toEqual([...allow].sort())
})

/** A call that needs the action (documented). */
const CALLS: Readonly<Record<string, RegExp>> = {
  CreateFile: /^POST \/v1\/files$/,
  ListFiles: /^GET \/v1\/files$/,
  GetFile: /^GET \/v1\/files\/./,
  DeleteFile: /^DELETE \/v1\/files\/./,
  CreateSession: /^POST \/v1\/sessions$/,
  ListSessions: /^GET \/v1\/sessions$/,
  GetSession: /^GET \/v1\/sessions\/./,
  UpdateSession: /^POST \/v1\/sessions\/[^/]+\/(events|resources)$/,
  ArchiveSession: /^POST \/v1\/sessions\/[^/]+\/archive$/,
  DeleteSession: /^DELETE \/v1\/sessions\/[^/]+$/,
}
