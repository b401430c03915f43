import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { downloadStep } from '../../harness/download.ts'
import { Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'

/** What other servers leave out of their objects, wherever it stands. */
const OPTIONAL = new Set([
  ...['size_bytes', 'mime_type', 'downloadable', 'scope', 'created_at', 'updated_at', 'archived_at', 'processed_at'],
  ...['agent', 'environment_id', 'vault_ids', 'budget', 'outcome_evaluations', 'stats', 'usage', 'deployment_id'],
  ...['next_page', 'has_more', 'first_id', 'last_id', 'description', 'instructions', 'request_id'],
])

const TURN: readonly Act[] = [{ act: 'message', text: 'All is well.' }, { act: 'idle' }]

/** The scene, and where its service answers: with whole objects, or without all that is optional. */
async function open(server: 'whole' | 'sparse') {
  const scene = await Scene.open({ agentScript: { turns: [TURN] } })
  const gateway = await Gateway.start(scene.emulator.url, ({ headers, body }) => {
    if (server === 'whole' || !headers['content-type']?.startsWith('application/json')) return undefined
    const without = (key: string, value: unknown) => (OPTIONAL.has(key) ? undefined : value)
    return { body: JSON.stringify(JSON.parse(body.toString(), without)) }
  })
  return {
    scene,
    at: { 'base-url': gateway.url },
    async [Symbol.asyncDispose]() {
      await Promise.all([gateway[Symbol.asyncDispose](), scene[Symbol.asyncDispose]()])
    },
  }
}

interface Told {
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly manifest: unknown
}

/** Everything that a step tells later steps, with ids and paths by their kind. */
function told({ outputs, exitCode }: StepResult): Told {
  const file = outputs['manifest-path'] ?? ''
  const manifest = file === '' ? '' : JSON.parse(readFileSync(file, 'utf8'))
  const text = JSON.stringify({ exitCode, outputs, manifest })
  return JSON.parse(
    text
      .replaceAll(/\b(file|sesn|sesrsc|sevt)_01\w+/g, '{$1}')
      .replaceAll(/[^"]*session-mount-(step|workspace)-[^"/]*/g, '')
      .replaceAll(
        /session-mount-[0-9a-f-]{36}|127\.0\.0\.1:\d+|\d{4}-\d\d-\d\dT[\d:.]+Z|\b(?:[0-9a-f]{16}|[0-9a-f]{24})\b/g,
        '',
      ),
  )
}

const NAMED = { 'session-name': 'Nightly', cleanup: 'never' } as const

const JOBS: Readonly<Record<string, (scene: Scene, at: object) => Promise<StepResult>>> = {
  'a new session with a repository, a memory store and a prompt': (scene, at) =>
    scene.main({
      ...at,
      files: '*.txt',
      repository: 'octo/app',
      checkout: 'default',
      'github-token': 'token-of-a-test',
      'memory-stores': 'memstore_team: read_only',
      prompt: 'Review it.',
      wait: 'true',
    }),
  'a refresh that leaves, replaces, adds and removes': async (scene, at) => {
    await scene.main({ ...at, ...NAMED, files: '*.txt' })
    scene.workspace.write({ 'b.txt': 'other', 'd.txt': 'new' })
    return scene.main({ ...at, ...NAMED, files: '*.txt\n!c.txt', prune: 'true' })
  },
  'a download': async (scene, at) => {
    const main = await scene.main({ ...at, files: 'a.txt' })
    const id = main.outputs['session-id'] ?? ''
    for (const name of ['x.txt', 'y/z.txt']) scene.emulator.addOutput(id, name, `content of ${name}`)
    return downloadStep(scene, { ...at, 'session-id': id, path: 'out' })
  },
}

const NO_USAGE = {
  ...{ usage: '{}', cost: '', 'run-cost': '', 'input-tokens': '', 'output-tokens': '' },
  ...{ 'cache-read-tokens': '', 'cache-write-tokens': '' },
}

async function playedOn(server: 'whole' | 'sparse', name: string): Promise<Told> {
  await using opened = await open(server)
  const { scene, at } = opened
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  const step = await JOBS[name]?.(scene, at)
  if (step === undefined) throw new Error(name)
  expect(annotations(step, 'error')).toEqual([])
  return told(step)
}

test.concurrent.each(Object.keys(JOBS))(
  '%s: a server that leaves out what is optional makes no output and no field of the manifest different',
  async (name) => {
    const [whole, sparse] = [await playedOn('whole', name), await playedOn('sparse', name)]
    // All but what there is nothing to tell of.
    const usage = whole.outputs.usage === undefined ? {} : NO_USAGE
    expect(sparse).toEqual({ ...whole, outputs: { ...whole.outputs, ...usage } })
  },
)
