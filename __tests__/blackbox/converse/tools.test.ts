import { expect, test } from '@jest/globals'
import type { Act, AskedTool } from '../../../emulator/emulator.ts'
import { ASK, existing, sceneWith } from '../../harness/agent.ts'
import { errorOf } from '../../harness/annotation.ts'
import type { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const DONE: readonly Act[] = [{ act: 'message', text: 'done' }, { act: 'idle' }]
const asks = (...tools: readonly AskedTool[]): Act => ({ act: 'ask', tools })
const many = (count: number, tool: AskedTool): readonly AskedTool[] => Array.from({ length: count }, () => tool)

const MERGE = { server: 'github', name: 'merge' } as const

interface Confirmation {
  readonly type: string
  readonly tool_use_id: string
  readonly result: string
  readonly deny_message?: string
}

/** Each that was delivered, whether or not its sender came to know. */
function confirmations(scene: Scene): readonly Confirmation[] {
  return scene.sent().flatMap(({ body, status }) => {
    const { events = [] } = (body ?? {}) as { events?: readonly Confirmation[] }
    return status === 400 ? [] : events.filter(({ type }) => type === 'user.tool_confirmation')
  })
}

test.concurrent('what is named is allowed, five at a time, each once', async () => {
  await using scene = await sceneWith([asks(...many(7, { name: 'bash' }), MERGE), ...DONE])
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash\ngithub/merge' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'done', 'stop-reason': 'end_turn' })
  const given = confirmations(scene)
  expect(given.map(({ result }) => result)).toEqual(many(8, { name: '' }).map(() => 'allow'))
  expect(new Set(given.map(({ tool_use_id }) => tool_use_id)).size).toBe(8)
  expect(main.stdout.match(/^Allowed the tool "bash"$/gm)).toHaveLength(7)
  expect(main.stdout).toContain('Allowed the tool "github/merge"\n')
})

test.concurrent('what is not named is denied with deny, and the run goes on', async () => {
  await using scene = await sceneWith([asks({ name: 'bash' }, MERGE), ...DONE])
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash', 'on-tool-confirmation': 'deny' })
  expect(main.exitCode).toBe(0)
  expect(confirmations(scene)).toMatchObject([
    { result: 'allow' },
    { result: 'deny', deny_message: 'The workflow that runs this session does not allow this tool. Go on without it.' },
  ])
  expect(main.stdout).toMatch(/^Denied the tool "github\/merge"$/m)
  expect(main.stdout).toMatch(/^Tool github\/merge failed: Permission denied: The workflow/m)
})

test.concurrent('what is not named ends the step with fail, and nothing is answered', async () => {
  await using scene = await sceneWith([asks({ name: 'bash' }, MERGE), ...DONE])
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /permission to use the tool "bash" .* and permission to use the tool "merge" of the MCP server "github" \(its policy is always_ask\)\. Add "bash" and "github\/merge" to `allow-tools`, set `on-tool-confirmation: deny`, or/,
  )
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'requires_action' })
  expect(confirmations(scene)).toEqual([])
})

test.concurrent("a plain name never stands for a server's tool of that name", async () => {
  await using scene = await sceneWith([asks({ server: 'shady', name: 'bash' }), ...DONE])
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the tool "bash" of the MCP server "shady"')
  expect(confirmations(scene)).toEqual([])
})

test.concurrent("a custom tool's call ends the wait, whatever is allowed", async () => {
  await using scene = await sceneWith([asks({ name: 'bash' }, { name: 'deploy', isCustom: true }), ...DONE])
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash', 'on-tool-confirmation': 'deny' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/the result of the tool "deploy", which a workflow cannot give/)
  expect(confirmations(scene)).toEqual([])
})

test.concurrent.each([
  ['reset-before-read', 2],
  ['status', 2],
  ['reset-after-commit', 1],
  ['empty', 1],
  ['truncated-json', 1],
] as const)('an answer whose reply is lost is given once (%s)', async (kind, times) => {
  await using scene = await sceneWith([asks(...many(3, { name: 'bash' })), ...DONE])
  scene.emulator.addFault({ kind, match: { method: 'POST', path: '/events$' } })
  const main = await scene.main({ ...ASK, 'allow-tools': 'bash' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'done' })
  const id = main.outputs['session-id'] ?? ''
  const given = await confirmed(scene, id)
  expect(given).toHaveLength(3)
  expect(new Set(given).size).toBe(3)
  expect(scene.requests().filter((line) => line === 'POST /v1/sessions/{sesn}/events')).toHaveLength(times)
})

/** The tool uses that were confirmed, as the service has them. */
async function confirmed({ emulator }: Scene, sessionId: string): Promise<readonly string[]> {
  const response = await fetch(`${emulator.url}/v1/sessions/${sessionId}/events?types[]=user.tool_confirmation`, {
    headers: {
      ...{ 'anthropic-version': '2023-06-01', 'anthropic-beta': 'managed-agents-2026-04-01' },
      'x-api-key': emulator.apiKey,
    },
  })
  const { data } = (await response.json()) as { data: { tool_use_id: string }[] }
  return data.map(({ tool_use_id }) => tool_use_id)
}

const THREAD: readonly Act[] = [
  { act: 'thread', name: 'researcher', does: 'begins' },
  { act: 'ask', thread: 'researcher', tools: [MERGE] },
  { act: 'thread', name: 'researcher', does: 'ends' },
  ...DONE,
]

test.concurrent("another thread's ask is answered, though no idle of the session comes for it", async () => {
  await using scene = await sceneWith(THREAD)
  const main = await scene.main({ ...ASK, 'allow-tools': 'github/merge' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'done' })
  expect(confirmations(scene)).toMatchObject([{ result: 'allow' }])
})

test.concurrent("another thread's ask ends the step with fail, while the session runs on", async () => {
  await using scene = await sceneWith(THREAD)
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('permission to use the tool "merge" of the MCP server "github"')
  expect(main.outputs).toMatchObject({ status: 'running', 'stop-reason': 'requires_action' })
})

test.concurrent('a session that waits for permission already gets it, and is followed', async () => {
  await using scene = await sceneWith([asks({ name: 'bash' }), ...DONE])
  const id = await createSession(scene.emulator)
  expect((await scene.main({ ...ASK, ...existing(id) })).exitCode).toBe(1)
  const main = await scene.main({ ...existing(id), wait: 'true', 'allow-tools': 'bash' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'done', 'stop-reason': 'end_turn' })
})

test.concurrent.each(['deploy', 'Bash', 'github/', '/merge', 'github/merge issue', 'a/b/c'])(
  'allow-tools: %s is refused, and nothing is sent',
  async (name) => {
    await using scene = await sceneWith(DONE)
    const main = await scene.main({ ...ASK, 'allow-tools': `bash\n${name}` })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toContain(`allow-tools: "${name}" is neither a built-in tool (bash, edit, glob, grep, read,`)
    expect(scene.sent()).toEqual([])
  },
)

test.concurrent('on-tool-confirmation is one of two', async () => {
  await using scene = await sceneWith(DONE)
  const main = await scene.main({ ...ASK, 'on-tool-confirmation': 'allow' })
  expect(errorOf(main)).toMatch(/on-tool-confirmation: "allow" is not one of `fail`, `deny`/)
  expect(scene.sent()).toEqual([])
})
