import type { ChildProcess } from 'node:child_process'
import { expect, test } from '@jest/globals'
import type { Act, EmulatorOptions } from '../../../emulator/emulator.ts'
import { ASK } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { downloadStep } from '../../harness/download.ts'
import { Scene } from '../../harness/scene.ts'
import { signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

/** What has not ended by itself when the runner would end it is killed, and has no exit code. */
const SIGINT_MS = 10_000

const LOOK = 'GET /v1/sessions/{sesn}'
const LISTS = 'GET /v1/sessions'
const EVENTS = 'GET /v1/sessions/{sesn}/events'
const WORKS: readonly Act[] = [{ act: 'wait', ms: 3_600_000 }]

/** Cancels the step once so many of these requests have been answered since it was started: it is in its pause then. */
function cancelAfter(scene: Scene, request: string, times = 1): { readonly onStart: (child: ChildProcess) => void } {
  const answers = () => scene.requests().filter((line, n) => line === request && scene.sent()[n]?.status !== undefined)
  const before = answers().length
  return { onStart: signalOnce(() => answers().length >= before + times, 'SIGINT', SIGINT_MS) }
}

/** Mounts, then lets the session run, and cancels what comes after. */
async function mounted(scene: Scene, inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const main = await scene.main({ files: 'a.txt', ...inputs })
  scene.emulator.setSessionStatus(main.outputs['session-id'] ?? '', 'running')
  return main
}

const lost = { kind: 'reset-after-commit', match: { method: 'POST', path: '^/v1/sessions$' } } as const
const later = (path: string) => ({ kind: 'status', status: 503, retryAfter: '50', match: { path }, times: 99 }) as const

interface Wait {
  readonly exitCode: 0 | 1
  readonly options?: EmulatorOptions
  readonly run: (scene: Scene) => Promise<StepResult>
}

/** Each wait of each flow. */
const WAITS: Readonly<Record<string, Wait>> = {
  'mount, before a call is repeated': {
    exitCode: 1,
    run: async (scene) => {
      scene.emulator.addFault(later('^/v1/files$'))
      return scene.main({ files: 'a.txt' }, cancelAfter(scene, 'POST /v1/files'))
    },
  },
  'mount, before it looks again for what a lost reply made': {
    exitCode: 1,
    options: { lenient: { veryLateLists: true } },
    run: async (scene) => {
      scene.emulator.addFault(lost)
      return scene.main({ files: 'a.txt' }, cancelAfter(scene, LISTS))
    },
  },
  'mount, for the agent': {
    exitCode: 1,
    options: { agentScript: { turns: [WORKS] } },
    run: (scene) => scene.main({ ...ASK }, cancelAfter(scene, EVENTS, 2)),
  },
  'mount, for the agent while the list of events fails': {
    exitCode: 1,
    options: { agentScript: { turns: [WORKS] } },
    run: (scene) => {
      scene.emulator.addFault({ ...later('/events$'), match: { method: 'GET', path: '/events$' } })
      return scene.main({ ...ASK }, cancelAfter(scene, EVENTS))
    },
  },
  'post, for a session that runs': {
    exitCode: 0,
    run: async (scene) => {
      const main = await mounted(scene, { 'cleanup-wait': '10m' })
      return scene.post(main, {}, cancelAfter(scene, LOOK))
    },
  },
  'post, for a session that was interrupted': {
    exitCode: 0,
    options: { agentScript: { turns: [WORKS], interruptLagMs: 600_000 } },
    run: async (scene) => {
      const inputs = { ...ASK, wait: 'false', 'session-cleanup': 'archive', 'cleanup-wait': '0' }
      const main = await scene.main(inputs)
      return scene.post(main, inputs, cancelAfter(scene, LOOK, 2))
    },
  },
  'post, before it looks again for what a lost reply made': {
    exitCode: 0,
    run: async (scene) => {
      scene.emulator.addFault({ ...lost, kind: 'reset-before-read', times: 9 })
      const main = await scene.main({ files: 'a.txt' })
      return scene.post(main, {}, cancelAfter(scene, LISTS))
    },
  },
  'unmount, for a session that runs': {
    exitCode: 1,
    run: async (scene) => {
      const main = await mounted(scene, {})
      const manifest = main.outputs['manifest-path'] ?? ''
      return runUnmount(scene, { manifest, 'cleanup-wait': '10m' }, cancelAfter(scene, LOOK, 2))
    },
  },
  'download, for more to be listed': {
    exitCode: 1,
    run: async (scene) => {
      const main = await mounted(scene, {})
      const inputs = { 'session-id': main.outputs['session-id'] ?? '', 'settle-timeout': '10m' }
      return downloadStep(scene, inputs, cancelAfter(scene, 'GET /v1/files'))
    },
  },
}

test.concurrent.each(Object.entries(WAITS))('%s: a signal ends the wait, and the step says so', async (_, wait) => {
  await using scene = await Scene.open(wait.options)
  scene.workspace.write({ 'a.txt': 'a' })
  const step = await wait.run(scene)
  expect(step).toMatchObject({ exitCode: wait.exitCode, stderr: '' })
  const said = [...annotations(step, 'error'), ...annotations(step, 'warning')].join('\n')
  expect(said).toMatch(/cancelled/)
})
