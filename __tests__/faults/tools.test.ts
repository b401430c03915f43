import { expect, test } from '@jest/globals'
import { playTools } from './tools.ts'

/** `npm run test:faults -- --run tools` plays more. */
test('whatever happens to a request of download or unmount, what is there is whole, and the next try succeeds', async () => {
  const { cases, violations } = await playTools(false, 6)
  expect(violations).toEqual([])
  expect(cases).toBeGreaterThan(50)
})
