import { expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const WRONG = 'sk-ant-wrong-canary'

test.concurrent.each(['new', 'by id', 'by name'])(
  'a session %s: one error that says which credential was refused',
  async (how) => {
    await using scene = await Scene.open()
    const id = await createSession(scene.emulator, { title: 'theirs' })
    const before = scene.emulator.snapshot()
    scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
    const target = { new: {}, 'by id': { 'session-id': id }, 'by name': { 'session-name': 'theirs' } }[how] ?? {}
    const inputs = { 'anthropic-api-key': WRONG, 'agent-id': SEED_AGENT, files: '*.txt', ...target }
    const { main, post } = await scene.job(inputs)

    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/\b401 authentication_error\b/)
    expect(errorOf(main)).toMatch(/request_id req_/)
    expect(errorOf(main)).toMatch(/The API key was refused. Check .*`base-url`/)
    expect(main.stdout).toContain(`Using API key at ${scene.emulator.url}`)
    expect(post.exitCode).toBe(0)
    expect(scene.emulator.snapshot()).toEqual(before)
    for (const text of [main.stdout, post.stdout, JSON.stringify({ ...main, masks: [] })])
      expect(text).not.toContain(WRONG)
  },
)

test.concurrent('after a refused key there is nothing to take away, and post does not warn', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const { post } = await scene.job({ 'anthropic-api-key': WRONG, files: 'a.txt' })
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent('a key with a line break at its end is used without it; one with a space inside is refused unseen', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const ended = await scene.main({ 'anthropic-api-key': `${scene.emulator.apiKey}\n`, files: 'a.txt' })
  expect(ended.exitCode).toBe(0)
  const spaced = await scene.main({ 'anthropic-api-key': 'sk-ant hunter2', files: 'a.txt' })
  expect(errorOf(spaced)).toContain('- anthropic-api-key: ')
  expect(spaced.stdout).not.toContain('hunter2')
})
