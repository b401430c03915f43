import { expect, test } from '@jest/globals'
import { ASK, sceneWith } from '../../harness/agent.ts'
import { errorOf } from '../../harness/annotation.ts'

const RUBRIC = 'Every figure stands in the data.'

test.concurrent.each([
  ['rubric', { rubric: RUBRIC }],
  ['rubric-file', { 'rubric-file': 'rubric.md' }],
])('%s sends an outcome in place of the message', async (_, inputs) => {
  await using scene = await sceneWith([{ act: 'message', text: 'Done.' }, { act: 'idle' }])
  scene.workspace.write({ 'rubric.md': `${RUBRIC}\n` })
  await scene.main({ ...ASK, ...inputs, 'max-iterations': '5', 'mount-context': 'false' })
  const sent = scene.sent().filter(({ method, path }) => method === 'POST' && path.endsWith('/events'))
  expect(sent.map(({ body }) => body)).toEqual([
    {
      events: [
        {
          type: 'user.define_outcome',
          description: 'Review it.',
          rubric: { type: 'text', content: RUBRIC },
          max_iterations: 5,
        },
      ],
    },
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
