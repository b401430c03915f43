import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

const run = promisify(execFile)

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const warningOf = (post: StepResult): string => {
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  return warning
}

const commandsOf = (warning: string): string => /^for path in [\s\S]*^done$/m.exec(warning)?.[0] ?? ''

async function runCommands(warning: string, scene: Scene): Promise<string> {
  const env = { PATH: process.env.PATH, ANTHROPIC_API_KEY: scene.emulator.apiKey }
  return (await run('bash', ['-euc', commandsOf(warning)], { env })).stdout
}

const KEYS: readonly (readonly [string, string, RegExp])[] = [
  ['is empty', '', /`anthropic-api-key` is empty in the post step/],
  ['is in quotes', '"sk-ant-x"', /`anthropic-api-key` is in quotes/],
  ['was revoked', 'sk-ant-revoked', /the credential was refused \(401\)/],
]

test.concurrent.each(KEYS)(
  'the key %s in post: the session that is to stay stays, and no command ends it',
  async (_, key, why) => {
    await using scene = await openScene()
    const main = await scene.main({ files: '*.txt' })
    const id = main.outputs['session-id'] ?? ''
    const post = await scene.post(main, { 'anthropic-api-key': key })
    const warning = warningOf(post)
    expect(warning).toMatch(/^Could not remove 4 items that this step created:\n/)
    expect(warning).toMatch(why)
    expect(warning).not.toMatch(new RegExp(`^- .*${id}`, 'm'))
    expect(warning).toContain('To remove it, use the `unmount` action with these ids, or run:')
    if (key !== 'sk-ant-revoked') expect(post.stdout).toContain(`Session ${id} stays: \`session-cleanup: keep\``)
    await runCommands(warning, scene)
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [], archived_at: null }] })
  },
)

test.concurrent.each(['archive', 'delete'] as const)(
  'the key is empty in post, session-cleanup: %s: the commands do that, resources before the session',
  async (end) => {
    await using scene = await openScene()
    const inputs = { files: '*.txt', 'session-cleanup': end }
    const main = await scene.main(inputs)
    const warning = warningOf(await scene.post(main, { ...inputs, 'anthropic-api-key': '' }))
    expect(warning).toContain(`use the \`unmount\` action with these ids and \`session-cleanup: ${end}\`, or run:`)
    const replies = await runCommands(warning, scene)
    expect(replies).not.toContain('error')
    const archived = [expect.objectContaining({ archived_at: expect.any(String), resources: [] })]
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: end === 'delete' ? [] : archived })
  },
)

test.concurrent('a session that may not be deleted: named with what is on it, and the command deletes it whole', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'session-cleanup': 'delete' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  const match = { method: 'DELETE', path: '^/v1/sessions/[^/]+$' }
  scene.emulator.addFault({ kind: 'status', status: 403, match, times: 99 })
  const warning = warningOf(await scene.post(main, inputs))
  expect(warning).toMatch(/^Could not remove 3 items that this step created:\n/)
  expect(warning).toContain(`session ${id} could not be deleted`)
  expect(commandsOf(warning)).toContain(`for path in 'sessions/${id}'; do`)
  scene.emulator.clearFaults()
  await runCommands(warning, scene)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a session that others may find by its name: no command ends it, since nobody could look', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'session-name': 'Shared', 'session-cleanup': 'delete' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  const warning = warningOf(await scene.post(main, { ...inputs, 'anthropic-api-key': '' }))
  expect(warning).toMatch(new RegExp(`^- ${id}: .*others may share it by its name`, 'm'))
  await runCommands(warning, scene)
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [], archived_at: null }] })
})

test.concurrent('ids and addresses in the commands are one word each for a shell, whatever they hold', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt' })
  const odd = `x'; touch pwned; echo "$(id)" \`id\``
  const effect_1 = JSON.stringify({ kind: 'upload', name: 'a', mountPath: '/a', fileId: odd })
  const ledger = JSON.parse(main.state.run ?? '') as object
  const address = JSON.stringify({ ...ledger, baseUrl: `${scene.emulator.url}/$(touch%20pwned)/'` })
  const post = await scene.post({ ...main, state: { run: address, effect_1 } }, { 'anthropic-api-key': '' })
  const warning = warningOf(post)
  const { stdout } = await run('bash', ['-euc', `curl() { printf '<%s>' "$4"; }\n${commandsOf(warning)}\nls`], {
    env: { PATH: process.env.PATH, ANTHROPIC_API_KEY: 'k' },
    cwd: scene.workspace.root,
  })
  expect(stdout).toContain(`/$(touch%20pwned)/'/v1/files/${encodeURIComponent(odd)}>`)
  expect(stdout).not.toContain('pwned\n')
})

const MANY = 300

test.concurrent('a pause that ends after post has to: it stops there, and says it in 20 lines and a file', async () => {
  await using scene = await Scene.open({ maxResources: MANY })
  scene.workspace.write(Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`${n}.txt`, `${n}`])))
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: '*.txt', concurrency: '8' }
  const main = await scene.main(inputs)
  expect(main.outputs['mounted-count']).toBe(String(MANY))
  const before = scene.sent().length
  scene.emulator.addFault({
    kind: 'status',
    status: 429,
    retryAfter: '9000',
    times: 10_000,
    match: { method: 'DELETE' },
  })
  const post = await scene.post(main, inputs)
  expect(scene.sent().length - before).toBeLessThan(40)
  const warning = warningOf(post)
  expect(warning.split('\n').length).toBeLessThanOrEqual(20)
  expect(warning.length).toBeLessThan(5_000)
  expect(warning).not.toContain('request_id')
  expect(warning).toMatch(new RegExp(`^Could not remove ${MANY * 2} items that this step created:\n`))
  const file = /in (\S+\.sh)$/m.exec(warning)?.[1] ?? ''
  expect(post.stdout).toContain(file)
  for (const { id: upload } of scene.uploads()) expect(post.stdout).toContain(upload)
})

test.concurrent('the file with the whole list removes all of it', async () => {
  await using scene = await openScene()
  scene.workspace.write(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.txt`, `${n}`])))
  const main = await scene.main({ files: '*.txt' })
  const temp = scene.workspace.root
  const post = await scene.post(main, { 'anthropic-api-key': '' }, { env: { RUNNER_TEMP: temp } })
  const file = /in (\S+\.sh)$/m.exec(warningOf(post))?.[1] ?? ''
  expect(readFileSync(file, 'utf8')).not.toContain(scene.emulator.apiKey)
  await run('sh', [file], { env: { PATH: process.env.PATH, ANTHROPIC_API_KEY: scene.emulator.apiKey } })
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
  rmSync(file)
})
