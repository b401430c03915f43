import type { SessionRecord, World } from '../world.ts'

const INPUT_TOKENS = 1200
const OUTPUT_TOKENS = 350
const COST_CENTS = 2

/** What one more turn costs: the same each time. It grows, which is all that a client can rely on. */
export function withTurn(world: World, facts: SessionRecord['facts'], startedAt: number): SessionRecord['facts'] {
  const { usage, stats } = facts
  const cents = Number(usage.list_cost?.amount ?? 0) + COST_CENTS
  const seconds = (world.now() - startedAt) / 1000
  const active_seconds = (stats.active_seconds ?? 0) + seconds
  return {
    ...facts,
    usage: {
      ...usage,
      active_seconds,
      input_tokens: (usage.input_tokens ?? 0) + INPUT_TOKENS,
      output_tokens: (usage.output_tokens ?? 0) + OUTPUT_TOKENS,
      list_cost: { amount: String(cents), currency: 'USD' },
    },
    stats: { active_seconds, duration_seconds: Math.max(0, world.now() - Date.parse(facts.created_at)) / 1000 },
  }
}
