import { expect, test } from '@jest/globals'
import { Gate } from '../../src/api/gate.ts'

const IN_A_MINUTE = performance.now() + 60_000

/** How many of many calls run at the same time. */
async function width(gate: Gate): Promise<number> {
  let [running, most] = [0, 0]
  const call = async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
  }
  await Promise.all(Array.from({ length: 30 }, () => gate.run(call)))
  return most
}

const times = (count: number, work: () => void) => Array.from({ length: count }).forEach(work)

test('after a pause half as many calls run, and one more after each 20 that went well, up to the limit', async () => {
  const lines: string[] = []
  const gate = new Gate(8, IN_A_MINUTE, (line) => lines.push(line))
  expect(await width(gate)).toBe(8)
  gate.pause(1, 'too much')
  gate.pause(1, 'too much')
  expect(lines).toEqual(['Waiting 0.0 s, then 4 at a time: too much'])
  expect(await width(gate)).toBe(4)
  times(19, () => gate.wentWell())
  expect(await width(gate)).toBe(4)
  gate.wentWell()
  expect(await width(gate)).toBe(5)
  times(19, () => gate.wentWell())
  gate.slowDown(2)
  times(19, () => gate.wentWell())
  expect(await width(gate)).toBe(2)
  times(1000, () => gate.wentWell())
  expect(await width(gate)).toBe(8)
})

test('at least one call runs, and a slow-down raises nothing', async () => {
  const gate = new Gate(3, IN_A_MINUTE, () => {})
  gate.slowDown(5)
  expect(await width(gate)).toBe(3)
  gate.slowDown(0)
  expect(await width(gate)).toBe(1)
})

test('a pause is worth waiting for up to the deadline', () => {
  const gate = new Gate(1, performance.now() + 10_000, () => {})
  expect([gate.allows(5_000), gate.allows(10_001)]).toEqual([true, false])
})
