import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { errorOf } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { signalOnce } from '../../harness/signal.ts'

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

test.concurrent.each(FAULTS)('cancelled while %s: the run ends in time, and says so', async (_, fault) => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault(fault)
  const onStart = signalOnce(() => federated.exchanges().length > 0, 'SIGINT', GRACE_MS)
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env, onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/cancelled/)
})

test.concurrent('cancelled while GitHub does not answer: the run ends in time, and says so', async () => {
  await using federated = await FederatedScene.open({ oidc: { fault: { kind: 'never' } } })
  const { scene, oidc, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const onStart = signalOnce(() => oidc.journal().length > 0, 'SIGINT', GRACE_MS)
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env, onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/cancelled/)
})
