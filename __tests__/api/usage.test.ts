import { expect, test } from '@jest/globals'
import { spendingOf } from '../../src/api/usage.ts'

const NONE = {
  cents: undefined,
  inputTokens: undefined,
  outputTokens: undefined,
  cacheReadTokens: undefined,
  cacheWriteTokens: undefined,
}

test.each([
  ['nothing', undefined, {}],
  ['none of it', {}, {}],
  ['no price yet', { input_tokens: 0, output_tokens: 7, list_cost: null }, { inputTokens: 0, outputTokens: 7 }],
  ['whole cents', { list_cost: { amount: '250', currency: 'USD' } }, { cents: 250 }],
  ['parts of a cent', { list_cost: { amount: '2.5', currency: 'USD' } }, { cents: 2.5 }],
  ['no amount', { list_cost: { amount: 'a lot' } }, {}],
  [
    'a cache',
    { cache_read_input_tokens: 5, cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 } },
    { cacheReadTokens: 5, cacheWriteTokens: 5 },
  ],
  ['other kinds', { input_tokens: '1', output_tokens: -1, cache_creation: 3, list_cost: 7 }, {}],
])('of %s', (_, usage, expected) => {
  expect(spendingOf(usage)).toEqual({ ...NONE, ...expected })
})
