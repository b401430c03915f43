import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, existing, messages, sceneWith } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import type { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const SPENDS: readonly Act[] = [
  { act: 'spend', cents: 30 },
  { act: 'message', text: 'half' },
  { act: 'spend', cents: 12 },
  { act: 'message', text: 'whole' },
  { act: 'idle' },
]

const limit = (amount: string) => ({ type: 'limit', max_list_cost: { amount, currency: 'USD' } })

function bodies(scene: Scene, method: string, path: RegExp): readonly unknown[] {
  return scene.sent().flatMap((each) => (each.method === method && path.test(each.path) ? [each.body] : []))
}

/** A session with a budget, which has spent it: a turn of somebody else stands still in it. */
async function paused(scene: Scene, cents: string): Promise<string> {
  const id = await createSession(scene.emulator, { budget: limit(cents) })
  const main = await scene.main({ ...ASK, ...existing(id), prompt: 'Old work.' })
  expect(main.outputs).toMatchObject({ 'stop-reason': 'budget_reached' })
  return id
}

test.concurrent.each(['2.50', '2.50 USD', '2.5USD'])('a new session gets a budget of %s', async (budget) => {
  await using scene = await sceneWith(SPENDS)
  const main = await scene.main({ ...ASK, budget })
  expect(main.exitCode).toBe(0)
  expect(bodies(scene, 'POST', /^\/v1\/sessions$/)).toMatchObject([{ budget: limit('250') }])
  expect(main.outputs).toMatchObject({ cost: '0.42', 'run-cost': '0.42', reply: 'whole' })
  expect(main.outputs).toMatchObject({
    ...{ 'input-tokens': '1200', 'output-tokens': '350', 'cache-read-tokens': '800', 'cache-write-tokens': '200' },
  })
  expect(main.stdout).toMatch(/is idle \(end_turn\)\. It has cost \$0\.42 so far, \$0\.42 of it in this run$/m)
  expect(main.summary).toContain('<th align="left">Cost</th><td>$0.42 of this run, $0.42 of the session so far</td>')
  // The usage comes with the events: the session need not be asked.
  expect(bodies(scene, 'GET', /^\/v1\/sessions\/[^/]+$/)).toEqual([])
})

test.concurrent('a run that ends at its budget fails with what it got done', async () => {
  await using scene = await sceneWith(SPENDS)
  const { main, post } = await scene.job({ ...ASK, budget: '0.30' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/its budget is used up \(budget_reached\) at \$0\.30; to let it continue, run again/)
  expect(main.outputs).toMatchObject({ 'stop-reason': 'budget_reached', reply: 'half', cost: '0.30', status: 'idle' })
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent('on a session that has one, it becomes what was spent and this; a run costs what it added', async () => {
  await using scene = await sceneWith(SPENDS)
  const id = await createSession(scene.emulator, { budget: limit('1000') })
  await scene.main({ ...ASK, ...existing(id), budget: '1' })
  const main = await scene.main({ ...ASK, ...existing(id), budget: '1.00' })
  expect(main.outputs).toMatchObject({ cost: '0.84', 'run-cost': '0.42' })
  expect(bodies(scene, 'POST', /^\/v1\/sessions\/[^/]+$/)).toEqual([{ budget: limit('100') }, { budget: limit('142') }])
  expect(main.stdout).toContain('may cost $1.42 from now on: what it has cost so far, and $1.00')
})

test.concurrent('paused work is interrupted before the prompt is sent, and the log says so', async () => {
  await using scene = await sceneWith(
    [...SPENDS.slice(0, 3), { act: 'wait', ms: 3_600_000 }],
    [{ act: 'message', text: 'new: {{prompt}}' }, { act: 'spend', cents: 5 }, { act: 'idle' }],
  )
  const id = await paused(scene, '30')
  const main = await scene.main({ ...existing(id), prompt: 'New work.', wait: 'true', budget: '1' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'new: New work.', cost: '0.47', 'run-cost': '0.17' })
  expect(main.stdout).toMatch(/went on with what had paused at its budget; interrupting that before the prompt is sent/)
  expect(await messages(scene, id)).toHaveLength(2)
})

test.concurrent('without a prompt, paused work goes on and is followed', async () => {
  await using scene = await sceneWith(SPENDS)
  const id = await paused(scene, '30')
  const main = await scene.main({ ...existing(id), wait: 'true', budget: '1' })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'whole', 'stop-reason': 'end_turn', cost: '0.42', 'run-cost': '0.12' })
})

test.concurrent.each([
  ['reset-after-commit', 'not made again', 1],
  ['reset-before-read', 'made again where it did not arrive', 2],
] as const)('a change whose reply is lost (%s) is %s', async (kind, _, times) => {
  await using scene = await sceneWith(SPENDS)
  const id = await paused(scene, '30')
  scene.emulator.addFault({ kind, match: { method: 'POST', path: `^/v1/sessions/${id}$` } })
  const main = await scene.main({ ...existing(id), wait: 'true', budget: '1' })
  expect(main.exitCode).toBe(0)
  expect(bodies(scene, 'POST', /^\/v1\/sessions\/[^/]+$/)).toHaveLength(times)
  expect(main.outputs).toMatchObject({ reply: 'whole', 'stop-reason': 'end_turn' })
})

test.concurrent('a session without a budget cannot get one: refused before the first upload', async () => {
  await using scene = await sceneWith(SPENDS)
  const id = await createSession(scene.emulator)
  const main = await scene.main({ ...ASK, ...existing(id), budget: '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/it was created without a budget, and cannot get one/)
  expect(scene.sent().filter(({ method }) => method !== 'GET')).toEqual([])
})

test.concurrent('a session at its budget takes no prompt without more: refused before the first upload', async () => {
  await using scene = await sceneWith(SPENDS)
  const id = await paused(scene, '30')
  const before = scene.sent().length
  scene.workspace.write({ 'b.txt': 'b' })
  const main = await scene.main({ ...ASK, files: 'b.txt', ...existing(id) })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/its budget is used up, so it takes no prompt; set `budget`/)
  expect(
    scene
      .sent()
      .slice(before)
      .filter(({ method }) => method !== 'GET'),
  ).toEqual([])
})

test.concurrent.each(['0', '0.00', '-1', '2.505', 'abc', '1e9', '1000000000', '5 EUR', '2,50', '.5', '2.'])(
  'budget: %s is refused, and nothing is sent',
  async (budget) => {
    await using scene = await sceneWith(SPENDS)
    const main = await scene.main({ ...ASK, budget })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toContain(`budget: "${budget}" is not an amount in US dollars from 0.01 to 1000000`)
    expect(scene.sent()).toEqual([])
  },
)
