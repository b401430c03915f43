import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, answered, existing, say, sceneWith, shown } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { changeJson, Gateway } from '../../harness/gateway.ts'
import { jsonOutput } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const REVIEW: readonly Act[] = [
  { act: 'thinking' },
  { act: 'message', text: 'I am looking.\nAt {{mounted}}.' },
  { act: 'tool-use', name: 'bash', input: { command: 'ls -la' } },
  { act: 'tool-result', text: 'a.txt' },
  { act: 'event', event: { type: 'agent.dreamed', of: 'sheep' } },
  { act: 'mcp-tool-use', server: 'docs', name: 'search', input: { q: 'x' } },
  { act: 'tool-result', text: 'no such page', isError: true },
  { act: 'rescheduling' },
  { act: 'running' },
  { act: 'message', text: 'All is well.' },
  { act: 'idle' },
]

test.concurrent('the agent is told, followed and shown, and what it did is in the outputs', async () => {
  await using scene = await sceneWith(REVIEW)
  const { main, post } = await scene.job(ASK)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'All is well.' })
  expect(jsonOutput(main, 'usage')).toMatchObject({ input_tokens: 1200, output_tokens: 350 })
  expect(shown(main)).toEqual([
    '::group::Agent',
    'I am looking.',
    'At /mnt/session/uploads/a.txt.',
    '::endgroup::',
    'Tool bash {"command":"ls -la"}',
    'Tool docs/search {"q":"x"}',
    'Tool docs/search failed: no such page',
    'The session is rescheduled',
    '::group::Agent',
    'All is well.',
    '::endgroup::',
    expect.stringMatching(
      /^Session sesn_\w+ is idle \(end_turn\)\. It has cost \$0\.02 so far, \$0\.02 of it in this run$/,
    ),
  ])
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent('the agent is told with the call that mounts everything, and followed by the list alone', async () => {
  await using scene = await sceneWith(REVIEW)
  await scene.main({ ...ASK, concurrency: '1' })
  expect(scene.requests()).toEqual([
    'POST /v1/files',
    'POST /v1/sessions',
    // What the session has used is in its events.
    'GET /v1/sessions/{sesn}/events',
  ])
})

test.concurrent('without wait the agent is told, and the step is done', async () => {
  await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
  const main = await scene.main({ ...ASK, wait: 'false' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ status: '', 'stop-reason': '', reply: '', usage: '{}' })
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/sessions'])
})

const AFTERWARDS: readonly (readonly [string, Readonly<Record<string, string>>, RegExp | undefined])[] = [
  ['always', {}, /waits up to 2m for it \(`cleanup-wait`\)\. It then removes the mounted files, or, .* leaves them/],
  ['a session that goes', { 'session-cleanup': 'delete' }, /Then it interrupts the agent and deletes the session/],
  ['a session that is archived', { 'session-cleanup': 'archive' }, /interrupts the agent and archives the session/],
  ['never', { cleanup: 'never' }, undefined],
  ['on-failure', { cleanup: 'on-failure' }, undefined],
]

test.concurrent.each(AFTERWARDS)('without wait, what post will do is said at once: %s', async (_, inputs, text) => {
  await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
  const main = await scene.main({ ...ASK, ...inputs, wait: 'false' })
  expect(main.exitCode).toBe(0)
  expect(annotations(main, 'notice')).toEqual(text === undefined ? [] : [expect.stringMatching(text)])
})

test.concurrent('a step that neither tells nor waits asks for no event', async () => {
  await using scene = await sceneWith(REVIEW)
  const main = await scene.main({ files: 'a.txt' })
  expect(main.outputs).toMatchObject({ status: '', reply: '', usage: '{}' })
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/sessions'])
})

test.concurrent('a dry run tells nobody, and says how the prompt begins', async () => {
  await using scene = await sceneWith(REVIEW)
  const prompt = `First ::error::x\u001b[31m\nsecond line ${'x'.repeat(500)}`
  const main = await scene.main({ ...ASK, prompt, 'dry-run': 'true' })
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain(`Prompt of ${prompt.length} characters, beginning "First ::error::x\\u{1b}[31m" …`)
  expect(main.stdout).not.toContain('second line')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('what the agent says is text in the log, however it looks', async () => {
  const hostile =
    '::error::x\n  ::add-mask::y\r\n##[group]z\n\u001b[31mred\n\ttab\n::endgroup::\n::stop-commands::t\n\u202egpj'
  await using scene = await sceneWith([
    { act: 'message', text: hostile },
    { act: 'tool-use', name: '::warning::t', input: { command: `a\n::error::b${hostile}`, more: 'x'.repeat(1000) } },
    { act: 'tool-result', text: hostile, isError: true },
    { act: 'error', type: 'unknown_error', message: hostile },
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(0)
  const commands = main.stdout.split(/[\r\n\u2028]/).filter((line) => /^\s*::|##\[/.test(line))
  expect(commands.filter((line) => !/^::(debug|group|endgroup|warning)::/.test(line))).toEqual([])
  expect(commands.filter((line) => line.startsWith('::endgroup::'))).toHaveLength(3)
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(main, 'warning')).toHaveLength(1)
  expect(main.masks).not.toContain('y')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
  expect(main.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(main.outputs.reply).toBe(hostile.replace('\r', ''))
})

test.concurrent('of a long message the log shows the beginning, and the output all that it may hold', async () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n')
  const long = `${'x'.repeat(99_995)}🎉tail`
  await using scene = await sceneWith([
    { act: 'message', text: lines },
    { act: 'message', text: long },
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  expect(main.stdout).toContain('\nline 199\n…\n::endgroup::')
  expect(main.stdout).not.toContain('line 200')
  expect(shown(main).find((line) => line.startsWith('xxx'))).toHaveLength(20_000)
  expect(main.outputs.reply).toBe(`${'x'.repeat(99_995)}…`)
})

test.concurrent('a reply with the delimiters of command files stays one output', async () => {
  const reply = 'a\nEOF\nsession-id=evil\nreply<<X\nb'
  await using scene = await sceneWith([{ act: 'message', text: reply }, { act: 'idle' }])
  const main = await scene.main(ASK)
  expect(main.outputs.reply).toBe(reply)
  expect(main.outputs['session-id']).toMatch(/^sesn_/)
})

test.concurrent('post removes a session that says only a moment after its idle event that it is idle', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'ok' },
    { act: 'idle-event-before-status', ms: 300 },
  ])
  const { main, post } = await scene.job({ ...ASK, 'session-cleanup': 'delete' })
  expect(main.outputs).toMatchObject({ status: 'idle', reply: 'ok' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each([
  ['two looks later', 2, 3, 350],
  ['never', 99, 10, 0],
] as const)('usage that no event tells, of a session that says %s that it is idle', async (_, stale, looks, tokens) => {
  await using scene = await sceneWith([{ act: 'message', text: 'ok' }, { act: 'idle' }])
  let left: number = stale
  const withoutEvents = changeJson(/^GET .*\/events$/, ({ data, ...page }) => {
    return { ...page, data: (data as { type: string }[]).filter(({ type }) => type !== 'session.usage') }
  })
  const asIfRunning = changeJson(/^GET \/v1\/sessions\/[^/]+$/, (session) => {
    return left-- > 0 ? { ...session, status: 'running', usage: { output_tokens: 0 } } : session
  })
  await using gateway = await Gateway.start(
    scene.emulator.url,
    (exchange) => withoutEvents(exchange) ?? asIfRunning(exchange),
  )
  const main = await scene.main({ ...ASK, 'base-url': gateway.url })
  expect(main).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'idle', reply: 'ok' } })
  expect(jsonOutput(main, 'usage')).toMatchObject({ output_tokens: tokens })
  expect(scene.requests().filter((line) => line === 'GET /v1/sessions/{sesn}')).toHaveLength(looks)
})

test.concurrent('without a prompt, what is under way is waited for, from here on', async () => {
  await using scene = await sceneWith(
    [{ act: 'message', text: 'early' }, { act: 'idle' }],
    [{ act: 'message', text: 'late' }, { act: 'idle' }],
  )
  const id = await createSession(scene.emulator)
  await scene.main({ ...ASK, ...existing(id) })
  scene.emulator.setSessionStatus(id, 'running')
  const looks = scene.requests().filter((line) => line === 'GET /v1/sessions/{sesn}/events').length
  const waiting = scene.main({ ...existing(id), wait: 'true' })
  await answered(scene, 'GET /v1/sessions/{sesn}/events', looks + 1)
  await say(scene, id, 'Go on')
  const main = await waiting
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'late' })
  expect(main.stdout).not.toContain('early')
})

test.concurrent('without a prompt, a session that is idle is not waited for', async () => {
  await using scene = await sceneWith(REVIEW)
  const main = await scene.main({ ...ASK, prompt: '' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': '', reply: '' })
})
