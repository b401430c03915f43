import type { ChildProcess } from 'node:child_process'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { errorOf } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'

/** The runner kills what has not ended ten seconds after its first signal. */
const GRACE_MS = 10_000

const EXCHANGE = { path: '^/v1/oauth/token$' }

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['the exchange does not answer', { kind: 'never-answer', match: EXCHANGE }],
  [
    'the exchange is about to be repeated',
    { kind: 'status', status: 503, match: EXCHANGE, retryAfter: '60', times: 9 },
  ],
]

/** Cancels as the runner does, once the condition holds; past the time that it has, the process is killed. */
function cancelOnce(condition: () => boolean): (child: ChildProcess) => void {
  return (child) => {
    const waiting = setInterval(() => {
      if (!condition()) return
      clearInterval(waiting)
      child.kill('SIGINT')
      const killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      child.on('exit', () => clearTimeout(killing))
    }, 20)
    child.on('exit', () => clearInterval(waiting))
  }
}

test.concurrent.each(FAULTS)('cancelled while %s: the run ends in time, and says so', async (_, fault) => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault(fault)
  const onStart = cancelOnce(() => federated.exchanges().length > 0)
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env, onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/cancelled/)
})

test.concurrent('cancelled while GitHub does not answer: the run ends in time, and says so', async () => {
  await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'never' } } })
  const { scene, oidc, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const onStart = cancelOnce(() => oidc.journal().length > 0)
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env, onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/cancelled/)
})
