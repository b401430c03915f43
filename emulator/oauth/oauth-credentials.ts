import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Whom the API lets in: the holder of the key, and of an access token that has neither expired nor been revoked. */
export class Credentials {
  readonly #firstKey: string
  readonly #now: () => number
  /** When each access token ends, in milliseconds. */
  readonly #tokens = new Map<string, number>()
  #apiKey: string

  constructor(apiKey: string, now: () => number) {
    this.#firstKey = apiKey
    this.#apiKey = apiKey
    this.#now = now
  }

  get apiKey(): string {
    return this.#apiKey
  }

  /** From now on only this key is good. */
  setApiKey(apiKey: string): void {
    this.#apiKey = apiKey
  }

  issueToken(lifetimeSeconds: number, token = `sk-ant-oat01-${randomBytes(48).toString('base64url')}`): string {
    this.#tokens.set(token, this.#now() + lifetimeSeconds * 1000)
    return token
  }

  issuedTokens(): readonly string[] {
    return [...this.#tokens.keys()]
  }

  /** Every access token there is is good no more; new ones can be had. */
  revokeTokens(): void {
    this.#tokens.clear()
  }

  clear(): void {
    this.#tokens.clear()
    this.#apiKey = this.#firstKey
  }

  /** A key may be sent in either header; one that is sent and wrong is not made good by the other. */
  accept(headers: IncomingHttpHeaders, takesTokens: boolean): boolean {
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
    const isToken = takesTokens && this.isLiveToken(bearer)
    const sent: boolean[] = []
    if (headers['x-api-key'] !== undefined) sent.push(headers['x-api-key'] === this.#apiKey)
    if (headers.authorization !== undefined) sent.push(bearer === this.#apiKey || isToken)
    return sent.length > 0 && !sent.includes(false)
  }

  isLiveToken(token: string): boolean {
    const end = this.#tokens.get(token)
    return end !== undefined && this.#now() < end
  }
}
