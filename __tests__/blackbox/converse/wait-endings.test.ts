import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, answered, existing, sceneWith, shown } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { createSession, deleteSession } from '../../harness/service.ts'
import { sendSignal } from '../../harness/signal.ts'

const STOPS = [
  [
    'retries_exhausted',
    /stopped: the service gave up after several attempts \(retries_exhausted\): model_overloaded_error: busy/,
  ],
  [
    'budget_reached',
    /stopped: its budget is used up \(budget_reached\) at \$0\.02; to let it continue, run again with `session-id`, `budget`/,
  ],
  ['refusal', /stopped: the model refused \(refusal\): The emulator refused; change the prompt/],
] as const

test.concurrent.each(STOPS)('%s fails the step, and everything is taken away', async (stopReason, text) => {
  await using scene = await sceneWith([
    { act: 'error', type: 'model_overloaded_error', message: 'busy' },
    { act: 'message', text: 'so far' },
    { act: 'idle', stopReason },
  ])
  const { main, post } = await scene.job(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(text)
  expect(errorOf(main)).toContain(main.outputs['session-id'])
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': stopReason, reply: 'so far' })
  expect(JSON.parse(main.outputs.usage ?? '')).toMatchObject({ output_tokens: 350 })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent.each([
  ['custom-tool', /is waiting for the result of the tool "deploy", which a workflow cannot give/],
  [
    'confirmation',
    /is waiting for permission to use the tool "deploy" \(its policy is always_ask\)\. Add "deploy" to `allow-tools`/,
  ],
] as const)('requires_action (%s) ends the wait', async (kind, text) => {
  await using scene = await sceneWith([{ act: 'requires-action', kind, name: 'deploy', input: { to: 'prod' } }])
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(text)
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'requires_action' })
  expect(shown(main)[0]).toBe('Tool deploy {"to":"prod"}')
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('a session that waits for something already cannot be waited for', async () => {
  await using scene = await sceneWith([{ act: 'requires-action', kind: 'custom-tool', name: 'deploy' }])
  const id = await createSession(scene.emulator)
  await scene.main({ ...ASK, ...existing(id) })
  const main = await scene.main({ ...existing(id), wait: 'true' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/is waiting for the result of the tool "deploy", which a workflow cannot give/)
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'requires_action' })
})

test.concurrent('terminated', async () => {
  await using scene = await sceneWith([
    { act: 'error', type: 'billing_error', message: 'no money', retryStatus: 'terminal' },
    { act: 'terminated' },
  ])
  const { main, post } = await scene.job(ASK)
  expect(main.exitCode).toBe(1)
  expect(annotations(main, 'warning')).toEqual(['The session reports billing_error: no money'])
  expect(errorOf(main)).toMatch(/^session sesn_\w+ was terminated before the agent finished: billing_error: no money$/)
  expect(main.outputs).toMatchObject({ status: 'terminated', 'stop-reason': '' })
  expect(post.exitCode).toBe(0)
})

test.concurrent('deleted by somebody else meanwhile', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'so far' },
    { act: 'wait', ms: 3_600_000 },
  ])
  const running = scene.main(ASK)
  await answered(scene, 'GET /v1/sessions/{sesn}/events')
  const [{ id } = { id: '' }] = scene.sessions()
  // A session that runs cannot be deleted.
  scene.emulator.setSessionStatus(id, 'rescheduling')
  await deleteSession(scene.emulator, id)
  const main = await running
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/^session sesn_\w+ was deleted during the wait/)
  expect(main.outputs).toMatchObject({ status: 'deleted', 'stop-reason': '', reply: 'so far', usage: '{}' })
})

const REPOSITORY: readonly (readonly [Extract<Act, { act: 'error' }>['type'], RegExp])[] = [
  ['repository_authentication_error', /The token was rejected: it has expired/],
  ['repository_forbidden_error', /`contents: read`/],
  ['repository_not_found_error', /repository does not exist, or the token cannot see it/],
  ['repository_checkout_error', /force-pushed away, or is it in a fork/],
  ['repository_clone_error', /Something else went wrong while cloning/],
]

test.concurrent.each(REPOSITORY)('%s fails the step at once, and the agent is stopped', async (type, likely) => {
  const url = 'https://github.com/octo/app'
  await using scene = await sceneWith([
    { act: 'error', type, message: 'remote: no', repositoryUrl: url },
    { act: 'wait', ms: 3_600_000 },
  ])
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(`could not clone ${url} (${type}): remote: no\n`)
  expect(errorOf(main)).toMatch(likely)
  expect(errorOf(main)).toContain('The agent was interrupted')
  expect(scene.sessions()).toMatchObject([{ status: 'idle' }])
})

test.concurrent('an agent that lacks its repository, and cannot be stopped: the error says so', async () => {
  const url = 'https://github.com/octo/app'
  await using scene = await sceneWith([
    { act: 'error', type: 'repository_clone_error', message: 'remote: no', repositoryUrl: url },
    { act: 'wait', ms: 3_600_000 },
  ])
  scene.emulator.addFault({ kind: 'status', status: 403, times: 99, match: { method: 'POST', path: '/events$' } })
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(`could not clone ${url} (repository_clone_error): remote: no\n`)
  expect(errorOf(main)).toMatch(/The agent continues without the repository, and could not be interrupted: POST .*403/)
  expect(scene.sessions()).toMatchObject([{ status: 'running' }])
})

const OTHERS: readonly (readonly [Extract<Act, { act: 'error' }>['type'], 'retrying' | 'exhausted' | 'terminal'])[] = [
  ['unknown_error', 'exhausted'],
  ['model_overloaded_error', 'retrying'],
  ['model_rate_limited_error', 'retrying'],
  ['model_request_failed_error', 'exhausted'],
  ['mcp_connection_failed_error', 'retrying'],
  ['mcp_authentication_failed_error', 'retrying'],
  ['billing_error', 'exhausted'],
  ['credential_host_unreachable_error', 'retrying'],
  ['tool_use_limit_reached_error', 'exhausted'],
  ['compaction_limit_reached_error', 'terminal'],
]

test.concurrent.each(OTHERS)('%s (%s), and the agent goes on: a warning, once', async (type, retryStatus) => {
  const error = { act: 'error', type, message: 'it is so', retryStatus } as const
  await using scene = await sceneWith([error, error, { act: 'message', text: 'done' }, { act: 'idle' }])
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { reply: 'done' } })
  const after = retryStatus === 'retrying' ? ' (the service tries again)' : ''
  expect(annotations(main, 'warning')).toEqual([`The session reports ${type}: it is so${after}`])
  expect(annotations(main, 'error')).toEqual([])
})

test.concurrent.each(OTHERS)(
  '%s (%s), and the agent says nothing: the step fails with it',
  async (type, retryStatus) => {
    const error = { act: 'error', type, message: 'it is so', retryStatus } as const
    await using scene = await sceneWith([error, { act: 'idle' }])
    const main = await scene.main(ASK)
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toMatch(new RegExp(`session sesn_\\w+ said nothing after an error: ${type}: it is so$`))
    expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: '' })
  },
)

test.concurrent('the agent says nothing: a warning', async () => {
  await using scene = await sceneWith([{ act: 'message', text: ' \n' }, { act: 'idle' }])
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { status: 'idle', 'stop-reason': 'end_turn', reply: '' } })
  expect(annotations(main, 'warning')).toEqual(['The agent said nothing, so the output `reply` is empty.'])
})

test.concurrent('the last message has no text: the one before is the reply', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'All is well.' },
    { act: 'event', event: { type: 'agent.message', content: [] } },
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { reply: 'All is well.' } })
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('time is up: the step fails, the session goes on', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'so far' },
    { act: 'wait', ms: 3_600_000 },
  ])
  const { main, post } = await scene.job({ ...ASK, 'wait-timeout': '2s', 'cleanup-wait': '1s' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /^session sesn_\w+ did not finish within 2s \(`wait-timeout`\)\. The agent keeps working/,
  )
  expect(main.outputs).toMatchObject({ status: 'running', 'stop-reason': '', reply: 'so far' })
  expect(scene.sessions()).toMatchObject([{ status: 'running' }])
  expect(post.exitCode).toBe(0)
})

test.concurrent.each(['1', '8'])(
  'time is up while the service does not answer, concurrency: %s',
  async (concurrency) => {
    await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
    scene.emulator.addFault({ kind: 'never-answer', times: 99, match: { method: 'GET', path: '/events$' } })
    const main = await scene.main({ ...ASK, concurrency, 'wait-timeout': '2s' })
    expect(errorOf(main)).toMatch(/did not finish within 2s \(`wait-timeout`\)\. The agent keeps working/)
    // The one that the wait had to give up, and the last look.
    expect(scene.requests().filter((line) => line === 'GET /v1/sessions/{sesn}/events')).toHaveLength(2)
  },
)

test.concurrent('time is up, and the list does not say what the status says', async () => {
  await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
  const running = scene.main({ ...ASK, 'wait-timeout': '3s' })
  await answered(scene, 'GET /v1/sessions/{sesn}/events')
  const [{ id } = { id: '' }] = scene.sessions()
  for (let nth = 1; nth < 20; nth++) scene.emulator.addFault({ kind: 'wrong-shape', nth, match: { path: '/events$' } })
  scene.emulator.setSessionStatus(id, 'idle')
  const main = await running
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/did not finish within 3s \(`wait-timeout`\)\. Its status is idle now/)
  expect(errorOf(main)).not.toContain('keeps working')
  expect(main.outputs.status).toBe('idle')
})

test.concurrent('an end that is on the list when time is up is the end', async () => {
  await using scene = await sceneWith([{ act: 'message', text: 'done' }, { act: 'idle' }])
  scene.emulator.addFault({ kind: 'never-answer', match: { method: 'GET', path: '/events$' } })
  const main = await scene.main({ ...ASK, 'wait-timeout': '2s' })
  expect(annotations(main, 'error')).toEqual([])
  expect(main).toMatchObject({ exitCode: 0, outputs: { status: 'idle', 'stop-reason': 'end_turn', reply: 'done' } })
})

test.concurrent('a cancelled job ends the wait at once', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'so far' },
    { act: 'wait', ms: 3_600_000 },
  ])
  const running = scene.main(ASK, {
    onStart: (child) => void answered(scene, 'GET /v1/sessions/{sesn}/events').then(() => sendSignal(child, 'SIGINT')),
  })
  const main = await running
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('cancelled')
  expect(scene.sessions()).toMatchObject([{ status: 'running' }])
  expect(scene.requests().filter((line) => line.startsWith('POST /v1/sessions'))).toHaveLength(1)
})

test.concurrent('the key is refused meanwhile: the step says so', async () => {
  await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
  scene.emulator.addFault({ kind: 'status', status: 401, times: 99, match: { method: 'GET', path: '/events$' } })
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/401.*\nThe API key was refused/)
})
