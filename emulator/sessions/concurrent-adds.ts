import type { ServerResponse } from 'node:http'
import { Problem } from '../http/problem.ts'

/** Which sessions have an add on its way, for a server that refuses a second one meanwhile. */
export class ConcurrentAdds {
  readonly #first = new Map<string, ServerResponse>()

  /** Called when an add arrives at `path`; the refusal of one that comes before the reply to another has been sent. */
  enter(path: string, response: ServerResponse): Problem | undefined {
    if (this.#first.has(path)) return new Problem(409, 'The session is being changed by another request')
    this.#first.set(path, response)
    response.once('close', () => this.#first.delete(path))
    return undefined
  }
}
