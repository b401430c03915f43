import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { eventHead } from '../events/events.ts'
import { consumed } from '../sessions/budget.ts'
import type { SessionRecord, World } from '../world.ts'

const INPUT_TOKENS = 1200
const OUTPUT_TOKENS = 350
const CACHE_READ_TOKENS = 800
const CACHE_WRITE_TOKENS = 200
export const COST_CENTS = 2

/** What one more turn uses: the same tokens each time. They grow, which is all that a client can rely on. */
export function withTurn(
  world: World,
  facts: SessionRecord['facts'],
  startedAt: number,
  spent: number,
): SessionRecord['facts'] {
  const { usage, stats } = facts
  const cents = consumed(facts) + spent
  const written = usage.cache_creation?.ephemeral_5m_input_tokens ?? 0
  const seconds = (world.now() - startedAt) / 1000
  const active_seconds = (stats.active_seconds ?? 0) + seconds
  return {
    ...facts,
    usage: {
      ...usage,
      active_seconds,
      input_tokens: (usage.input_tokens ?? 0) + INPUT_TOKENS,
      output_tokens: (usage.output_tokens ?? 0) + OUTPUT_TOKENS,
      cache_read_input_tokens: (usage.cache_read_input_tokens ?? 0) + CACHE_READ_TOKENS,
      cache_creation: { ephemeral_5m_input_tokens: written + CACHE_WRITE_TOKENS, ephemeral_1h_input_tokens: 0 },
      list_cost: { amount: String(cents), currency: 'USD' },
    },
    stats: { active_seconds, duration_seconds: Math.max(0, world.now() - Date.parse(facts.created_at)) / 1000 },
  }
}

/** Documented: comes just before each idle of the session. */
export function usageEvent(world: World, { usage, budget }: SessionRecord['facts']): BetaManagedAgentsSessionEvent {
  const { list_cost, server_tool_use: _, ...tokens } = usage
  const snapshot = { ...tokens, ...(list_cost == null ? {} : { list_cost }) }
  return { ...eventHead(world), type: 'session.usage', usage: snapshot, budget }
}
