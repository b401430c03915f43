import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { type Bundle, runStep, type StepResult } from '../../harness/step.ts'
import { actions } from '../../meta/repository.ts'

type Inputs = Readonly<Record<string, string>>
type Action = Exclude<Bundle, 'post' | 'emulator'>

const FILE: Readonly<Record<Action, string>> = {
  mount: 'action.yml',
  unmount: 'unmount/action.yml',
  download: 'download/action.yml',
}

/** What each action needs beside credentials. */
const GOOD: Readonly<Record<Action, Inputs>> = {
  mount: { 'agent-id': 'agent_emulator', 'environment-id': 'env_emulator', files: 'a.txt' },
  unmount: { 'session-id': 'sesn_1', 'session-cleanup': 'archive' },
  download: { 'session-id': 'sesn_1', path: 'out' },
}

/** Any text is good in these, or nothing reads them but the wiring of the action. */
const NEVER_WRONG = ['prompt', 'job-status', 'workflow-token', 'anthropic-oidc-audience', 'allow-sensitive-files']

/** Values that only these refuse, and what else has to be given; any other input refuses `no good?`. */
const BAD: Readonly<Record<string, Inputs>> = {
  'session-name': { 'session-name': 'a\nb' },
  'session-title': { 'session-title': 'a\nb' },
  patterns: { patterns: '/..' },
  path: { path: '../..' },
  manifest: { manifest: 'no good?', 'session-id': '', 'session-cleanup': 'keep' },
  'older-than': { 'older-than': 'no good?', 'session-id': '', 'session-cleanup': 'keep', 'agent-id': 'agent_1' },
  'agent-id of unmount': {
    'agent-id': 'no good?',
    'older-than': '7d',
    'session-id': '',
    'session-cleanup': 'keep',
  },
  ...Object.fromEntries(
    ['federation-rule-id', 'organization-id', 'service-account-id', 'workspace-id'].map((id): [string, Inputs] => [
      `anthropic-${id}`,
      {
        'anthropic-api-key': '',
        'anthropic-federation-rule-id': 'fdrl_1',
        'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
        [`anthropic-${id}`]: 'no good?',
      },
    ]),
  ),
}

const inputsOf = (action: Action) =>
  Object.keys(actions.find(({ file }) => file === FILE[action])?.inputs ?? {}).map((name) => ({ action, name }))
const EVERY = (['mount', 'unmount', 'download'] as const).flatMap(inputsOf)

async function run(action: Action, inputs: Inputs): Promise<StepResult> {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const access = { 'anthropic-api-key': scene.emulator.apiKey, 'base-url': scene.emulator.url }
  return await runStep(action, { cwd: scene.workspace.root, inputs: { ...access, ...GOOD[action], ...inputs } })
}

test.concurrent.each(EVERY.filter(({ name }) => !NEVER_WRONG.includes(name)))(
  '$action, $name: a bad value is an error that names the input',
  async ({ action, name }) => {
    const step = await run(action, BAD[`${name} of ${action}`] ?? BAD[name] ?? { [name]: 'no good?' })
    expect(step.exitCode).toBe(1)
    const first = errorOf(step).split('\n')
    // A pattern is quoted, which is what names it.
    const named = name === 'files' ? '"no good?"' : `${name}: `
    expect(first.find((line) => line.includes(named))).toBeDefined()
  },
)

const LONGEST = 200

test.concurrent.each(EVERY)('$action, $name: no more than 200 characters of a value are shown', async (each) => {
  const { action, name } = each
  const step = await run(action, { [name]: 'x'.repeat(5_000) })
  const shown = `${step.stdout}${step.stderr}${step.summary}`
  expect(shown.match(/x+/g)?.filter((run) => run.length > LONGEST) ?? []).toEqual([])
  for (const text of annotations(step, 'error')) expect(text.length).toBeLessThan(1_000)
})
