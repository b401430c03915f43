import { writeFileSync } from 'node:fs'
import { AnthropicAws } from '@anthropic-ai/aws-sdk'
import { AnthropicGoogleCloud } from '@anthropic-ai/google-cloud-sdk'
import Anthropic, { toFile } from '@anthropic-ai/sdk'
import { expect, test } from '@jest/globals'
import { GoogleAuth } from 'google-auth-library'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'
import { startGitHubOidc } from '../../emulator/github/github-oidc.ts'
import { credentialsFile, PROVIDER } from '../../emulator/platforms/google-tokens.ts'
import { Workspace } from '../harness/workspace.ts'

const QUIET = { maxRetries: 0, logLevel: 'off' } as const

async function open(options: EmulatorOptions) {
  const emulator = await startEmulator(options)
  return { emulator, [Symbol.asyncDispose]: () => emulator.close() }
}

/** What anybody does with a session: upload, create, add, list, prompt, delete; the official client is one. */
async function useSession(client: Anthropic, emulator: Emulator): Promise<void> {
  const upload = async (name: string) => client.files.upload({ file: await toFile(Buffer.from(name), name) })
  const [first, second] = [await upload('a b.csv'), await upload('ü.log')]
  const session = await client.beta.sessions.create({
    agent: 'agent_emulator',
    environment_id: 'env_emulator',
    resources: [{ type: 'file', file_id: first.id, mount_path: '/in/a b.csv' }],
  })
  const added = await client.beta.sessions.resources.add(session.id, { type: 'file', file_id: second.id })
  const mounted = await client.beta.sessions.resources.list(session.id)
  expect(mounted.data).toHaveLength(2)
  const query = { scope_id: session.id, limit: 1, betas: ['managed-agents-2026-04-01' as const] }
  const names: string[] = []
  for await (const { filename } of client.beta.files.list(query)) names.push(filename)
  expect(names).toEqual(['ü.log', 'a b.csv'])
  await client.beta.sessions.events.send(session.id, {
    events: [{ type: 'user.message', content: [{ type: 'text', text: 'Look. ✓' }] }],
  })
  while ((await client.beta.sessions.retrieve(session.id)).status !== 'idle');
  const events = await client.beta.sessions.events.list(session.id, { types: ['agent.message'] })
  expect(JSON.stringify(events.data)).toContain('I was told: Look. ✓')
  const output = emulator.addOutput(session.id, 'out.md', '# done')
  expect(await (await client.files.download(output)).text()).toBe('# done')
  await client.beta.sessions.resources.delete(added.id, { session_id: session.id })
  await client.beta.sessions.archive(session.id)
  await client.beta.sessions.delete(session.id)
  for (const { id } of [first, second]) await client.files.delete(id)
  expect(emulator.snapshot()).toEqual({ files: [], sessions: [] })
  expect(emulator.journal().filter(({ status }) => status !== 200)).toEqual([])
}

test("the official client of AWS, with a role's credentials and with a key of the workspace", async () => {
  await using scene = await open({ platform: 'aws' })
  const { emulator } = scene
  const { variables, apiKey } = emulator
  const place = {
    ...QUIET,
    awsRegion: variables.AWS_REGION ?? '',
    baseURL: emulator.baseUrl,
    workspaceId: variables.ANTHROPIC_AWS_WORKSPACE_ID ?? '',
  }
  const signing = new AnthropicAws({
    ...place,
    awsAccessKey: variables.AWS_ACCESS_KEY_ID ?? '',
    awsSecretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
    awsSessionToken: variables.AWS_SESSION_TOKEN ?? '',
  })
  await useSession(signing, emulator)
  expect(emulator.journal().every(({ headers }) => headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))).toBe(true)
  emulator.reset()
  await useSession(new AnthropicAws({ ...place, apiKey }), emulator)
  expect(new Set(emulator.journal().map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${apiKey}`]))
})

/** The official client of Google, with a credentials file as `google-github-actions/auth` leaves one behind. */
function ofGoogle(emulator: Emulator, workspace: Workspace, file: object): AnthropicGoogleCloud {
  const keyFilename = workspace.path('gha-creds-0123456789abcdef.json')
  writeFileSync(keyFilename, JSON.stringify(file))
  const { ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: workspaceId = '', GOOGLE_CLOUD_PROJECT: project = '' } =
    emulator.variables
  const googleAuth = new GoogleAuth({ keyFilename, scopes: 'https://www.googleapis.com/auth/cloud-platform' })
  return new AnthropicGoogleCloud({ ...QUIET, baseURL: emulator.baseUrl, project, workspaceId, googleAuth })
}

test('the official client of Google, with a file that leads to the tokens of the emulator', async () => {
  await using scene = await open({ platform: 'google-cloud' })
  using workspace = new Workspace()
  const { emulator } = scene
  expect(emulator.baseUrl).toMatch(/:\d+\/v1\/projects\/[\w-]+\/locations\/global\/workspaces\/wrkspc_\w+\/invoke$/)
  await useSession(ofGoogle(emulator, workspace, emulator.credentialsFile ?? {}), emulator)
  const tokens = new Set(emulator.journal().map(({ headers }) => headers.authorization))
  expect([...tokens]).toEqual([expect.stringMatching(/^Bearer ya29\./)])
})

test.each([false, true])(
  'the same with the OIDC tokens of a job, by way of a service account: %s',
  async (byAccount) => {
    const oidc = await startGitHubOidc()
    try {
      await using scene = await open({ platform: 'google-cloud', federation: oidc })
      using workspace = new Workspace()
      const { emulator } = scene
      const source = (audience: string) => ({
        url: `${oidc.url}&audience=${encodeURIComponent(audience)}`,
        headers: { Authorization: `Bearer ${oidc.requestToken}` },
      })
      const good = credentialsFile(emulator.url, source(`https://iam.googleapis.com/${PROVIDER}`), byAccount)
      await useSession(ofGoogle(emulator, workspace, good), emulator)
      const bad = credentialsFile(emulator.url, source('https://api.anthropic.com'), byAccount)
      await expect(ofGoogle(emulator, workspace, bad).files.list()).rejects.toThrow('The subject token is not accepted')
    } finally {
      await oidc.close()
    }
  },
)

test("Anthropic's own, with a key that reaches several workspaces", async () => {
  await using scene = await open({ keyNeedsWorkspace: true })
  const { apiKey, baseUrl: baseURL } = scene.emulator
  const client = (workspace: string) =>
    new Anthropic({ ...QUIET, apiKey, baseURL, defaultHeaders: { 'anthropic-workspace-id': workspace } })
  await useSession(client('wrkspc_emulator'), scene.emulator)
  await expect(client('wrkspc_other').files.list()).rejects.toMatchObject({ status: 403 })
  await expect(new Anthropic({ ...QUIET, apiKey, baseURL }).files.list()).rejects.toMatchObject({ status: 400 })
})
