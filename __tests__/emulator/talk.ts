import Anthropic from '@anthropic-ai/sdk'
import type {
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsStreamSessionEvents,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { Emulator } from '../../emulator/emulator.ts'

/** All but the deltas of an event that is not yet complete, which have no id and are not asked for. */
type StreamEvent = Extract<BetaManagedAgentsStreamSessionEvents, { id: string }>

export interface Heard {
  readonly events: readonly StreamEvent[]
  /** How the stream ended: by itself, cut, or left by us. */
  readonly ending: 'end' | 'cut' | 'left'
}

/** One session and the official client. */
export class Talk {
  readonly client: Anthropic
  readonly id: string

  constructor(client: Anthropic, id: string) {
    this.client = client
    this.id = id
  }

  static async open({ url, apiKey }: Emulator, more: object = {}): Promise<Talk> {
    const client = new Anthropic({ apiKey, baseURL: url, maxRetries: 0, logLevel: 'off' })
    const base = { agent: 'agent_emulator', environment_id: 'env_emulator' }
    const { id } = await client.beta.sessions.create({ ...base, ...more })
    return new Talk(client, id)
  }

  async say(text = 'Go'): Promise<void> {
    await this.client.beta.sessions.events.send(this.id, {
      events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
    })
  }

  async interrupt(): Promise<void> {
    await this.client.beta.sessions.events.send(this.id, { events: [{ type: 'user.interrupt' }] })
  }

  /** Opens a stream; `heard` settles when it has ended or `isLast` holds. */
  async listen(isLast: (event: StreamEvent) => boolean = () => false): Promise<{ readonly heard: Promise<Heard> }> {
    return { heard: hear(await this.client.beta.sessions.events.stream(this.id), isLast) }
  }

  async status(): Promise<string> {
    return (await this.client.beta.sessions.retrieve(this.id)).status
  }

  async listed(): Promise<readonly BetaManagedAgentsSessionEvent[]> {
    const events: BetaManagedAgentsSessionEvent[] = []
    for await (const event of this.client.beta.sessions.events.list(this.id)) events.push(event)
    return events
  }
}

async function hear(
  stream: AsyncIterable<BetaManagedAgentsStreamSessionEvents>,
  isLast: (event: StreamEvent) => boolean,
): Promise<Heard> {
  const events: StreamEvent[] = []
  try {
    for await (const event of stream) {
      if (!('id' in event)) throw new Error('an event without an id')
      events.push(event)
      if (isLast(event)) return { events, ending: 'left' }
    }
    return { events, ending: 'end' }
  } catch {
    return { events, ending: 'cut' }
  }
}

export const typesOf = (events: readonly { readonly type: string }[]): readonly string[] =>
  events.map(({ type }) => type)

/** Without what stands around every turn: that a thread runs or stopped, and what was used. */
export const turnTypesOf = (events: readonly { readonly type: string }[]): readonly string[] =>
  typesOf(events).filter((type) => !/^session\.(thread_status_\w+|usage)$/.test(type))

export const isIdle = ({ type }: { readonly type: string }): boolean => type === 'session.status_idle'
