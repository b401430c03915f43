import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, ASK_LATER, sceneWith, shown } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

const RUBRIC = 'Every figure stands in the data.'

test.concurrent.each([
  ['rubric', { rubric: RUBRIC }],
  ['rubric-file', { 'rubric-file': 'rubric.md' }],
])('%s sends an outcome in place of the message', async (_, inputs) => {
  await using scene = await sceneWith([{ act: 'message', text: 'Done.' }, { act: 'idle' }])
  scene.workspace.write({ 'rubric.md': `${RUBRIC}\n` })
  await scene.main({ ...ASK, ...inputs, 'max-iterations': '5', 'mount-context': 'false' })
  await scene.main({ ...ASK_LATER, ...inputs, 'max-iterations': '5' })
  const bodies = scene.sent().map(({ body }) => body as { initial_events?: unknown; events?: unknown } | undefined)
  const sent = bodies.flatMap((body) => body?.initial_events ?? body?.events ?? [])
  const outcome = { type: 'user.define_outcome', rubric: { type: 'text', content: RUBRIC }, max_iterations: 5 }
  expect(sent).toEqual([
    { ...outcome, description: 'Review it.' },
    { ...outcome, description: expect.stringMatching(/Review it\.$/) },
  ])
})

const LONG = 'é'.repeat(262_145)

test.concurrent.each([
  ['without a prompt', { prompt: '', rubric: RUBRIC }, /rubric: needs `prompt` or `prompt-file`/],
  ['both', { rubric: RUBRIC, 'rubric-file': 'rubric.md' }, /rubric-file: cannot be combined with `rubric`/],
  ['blank', { rubric: ' \n' }, /rubric: is empty/],
  ['an empty file', { 'rubric-file': 'empty.md' }, /rubric-file: "empty.md" is empty/],
  ['a file that is too long', { 'rubric-file': 'long.md' }, /rubric-file: has 262145 characters; .* at most 262144/],
  ['no such file', { 'rubric-file': 'none.md' }, /rubric-file: "none.md" does not exist/],
  ['max-iterations 0', { rubric: RUBRIC, 'max-iterations': '0' }, /max-iterations: "0" is not .* from 1 to 20/],
  ['max-iterations 21', { rubric: RUBRIC, 'max-iterations': '21' }, /max-iterations: "21" is not .* from 1 to 20/],
  ['if-not-satisfied', { rubric: RUBRIC, 'if-not-satisfied': 'fail' }, /if-not-satisfied: "fail" is not one of/],
])('a bad rubric is refused, and nothing is sent: %s', async (_, inputs, text) => {
  await using scene = await sceneWith([{ act: 'idle' }])
  scene.workspace.write({ 'rubric.md': RUBRIC, 'empty.md': ' \n', 'long.md': LONG })
  const main = await scene.main({ ...ASK, ...inputs })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(text)
  expect(scene.sent()).toEqual([])
})

const REVISED: readonly Act[] = [
  { act: 'message', text: 'a first try' },
  { act: 'evaluate', result: 'needs_revision', explanation: 'The sum is missing.' },
  { act: 'message', text: 'with a sum' },
  { act: 'evaluate', result: 'satisfied', explanation: 'All <b>figures</b> stand in the data.' },
  { act: 'idle' },
]
const GRADED = { ...ASK, rubric: RUBRIC }

test.concurrent('satisfied, after a revision', async () => {
  await using scene = await sceneWith(REVISED)
  const main = await scene.main(GRADED)
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({
    ...{ outcome: 'satisfied', 'outcome-iterations': '2', reply: 'with a sum', status: 'idle' },
    'outcome-explanation': 'All <b>figures</b> stand in the data.',
  })
  const log = shown(main).join('\n')
  expect(log).toContain('::group::Evaluation 1: needs_revision\nThe sum is missing.\n::endgroup::')
  expect(log).toContain('::group::Evaluation 2: satisfied\nAll <b>figures</b> stand in the data.\n::endgroup::')
  expect(main.summary.indexOf('<th align="left">Outcome</th><td>✅ <code>satisfied</code> after 2 evaluations')).toBe(
    main.summary.indexOf('<th'),
  )
  expect(main.summary).not.toContain('<b>figures')
})

test.concurrent('a rubric may have 262,144 characters, however many bytes they take', async () => {
  await using scene = await sceneWith([{ act: 'evaluate', result: 'satisfied', explanation: 'Good.' }, { act: 'idle' }])
  scene.workspace.write({ 'rubric.md': `${'é'.repeat(262_143)}🎉` })
  const main = await scene.main({ ...ASK, 'rubric-file': 'rubric.md' })
  expect([main.exitCode, main.outputs.outcome]).toEqual([0, 'satisfied'])
})

test.concurrent('the wait ends on the idle after the turn that follows the last evaluation', async () => {
  await using scene = await sceneWith([
    ...REVISED.slice(0, 2),
    { act: 'wait', ms: 2_500 },
    { act: 'message', text: 'this is what I could do' },
    { act: 'idle' },
  ])
  const main = await scene.main({ ...GRADED, 'max-iterations': '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /the outcome of session sesn_\w+ is not satisfied after 1 evaluation \(max_iterations_reached\): The sum is missing\.\nRaise `max-iterations`/,
  )
  expect(main.outputs).toMatchObject({
    ...{ outcome: 'max_iterations_reached', 'outcome-iterations': '1', reply: 'this is what I could do' },
  })
})

test.concurrent('failed says that the rubric does not fit what was made', async () => {
  await using scene = await sceneWith([{ act: 'evaluate', result: 'failed', explanation: 'No report.' }, ...REVISED])
  const main = await scene.main(GRADED)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /^the rubric does not fit what session sesn_\w+ made \(failed\): No report\.\nChange the/,
  )
  expect(main.outputs).toMatchObject({ outcome: 'failed', 'outcome-iterations': '1' })
})

test.concurrent('if-not-satisfied: warn', async () => {
  await using scene = await sceneWith([
    { act: 'evaluate', result: 'failed', explanation: 'No report.' },
    { act: 'idle' },
  ])
  const main = await scene.main({ ...GRADED, 'if-not-satisfied': 'warn' })
  expect(main.exitCode).toBe(0)
  expect(annotations(main, 'warning').join('\n')).toContain('the rubric does not fit what session')
  expect(main.outputs).toMatchObject({ outcome: 'failed' })
  expect(main.summary).toContain('❌ <code>failed</code>')
})

test.concurrent('a budget that ends the run leaves it unfinished, and fails the step in any case', async () => {
  await using scene = await sceneWith([
    ...REVISED.slice(0, 2),
    { act: 'spend', cents: 5 },
    { act: 'spend', cents: 5 },
    ...REVISED.slice(2),
  ])
  const main = await scene.main({ ...GRADED, budget: '0.05', 'if-not-satisfied': 'warn' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/its budget is used up \(budget_reached\) at \$0\.05/)
  expect(main.outputs).toMatchObject({
    ...{ outcome: 'unfinished', 'outcome-iterations': '1', 'outcome-explanation': 'The sum is missing.' },
    'stop-reason': 'budget_reached',
  })
})

test.concurrent('an outcome that is never graded', async () => {
  await using scene = await sceneWith([{ act: 'message', text: 'done' }, { act: 'idle' }])
  const main = await scene.main(GRADED)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/stopped before its outcome was graded to the end \(unfinished\)/)
})

test.concurrent('an outcome whose reply is lost is not sent twice', async () => {
  await using scene = await sceneWith(REVISED)
  scene.emulator.addFault({ kind: 'reset-after-commit', match: { method: 'POST', path: '/events$' } })
  const main = await scene.main({ ...GRADED, ...ASK_LATER })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ outcome: 'satisfied' })
  expect(scene.sent().filter(({ method, path }) => method === 'POST' && path.endsWith('/events'))).toHaveLength(1)
})

test.concurrent('without a rubric there is no outcome', async () => {
  await using scene = await sceneWith(REVISED)
  const main = await scene.main(ASK)
  expect(main.outputs).toMatchObject({ outcome: '', 'outcome-explanation': '', 'outcome-iterations': '' })
  expect(main.summary).not.toContain('Outcome')
})
