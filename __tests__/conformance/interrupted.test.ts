import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/emulator.ts'
import { sendSignal } from '../harness/signal.ts'
import { conform, EMPTY, TARGET, withEmulator } from './conform.ts'

async function interruptHalfWay(child: ChildProcess, emulator: Emulator): Promise<void> {
  const isHalfWay = () => emulator.snapshot().sessions.length > 1 && emulator.snapshot().files.length > 5
  while (!isHalfWay()) await sleep(5)
  sendSignal(child, 'SIGINT')
}

test('interrupted half-way, it removes what it has made, and says what it has not asked', async () => {
  await withEmulator({ latencyMs: 20 }, async (emulator) => {
    const { code, stdout, results } = await conform(emulator.url, TARGET, {
      onStart: (child) => void interruptHalfWay(child, emulator),
    })
    expect([code, stdout]).toEqual([130, expect.stringContaining('Stopped: interrupted.')])
    expect(results.filter(({ verdict }) => verdict === 'not asked').length).toBeGreaterThan(5)
    expect(emulator.snapshot()).toEqual(EMPTY)
  })
})
