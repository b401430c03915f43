import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import type { Problem } from '../http/problem.ts'
import type { Credentials } from '../oauth/oauth-credentials.ts'
import type { Route } from '../routes.ts'

export const PLATFORMS = ['anthropic', 'aws', 'google-cloud'] as const

export type PlatformName = (typeof PLATFORMS)[number]

/** The workspace that the emulator is. */
export const WORKSPACE_ID = 'wrkspc_emulator'

/** Names the workspace in each reply, and in a request where the credential does not say which one is meant (documented). */
export const WORKSPACE_HEADER = 'anthropic-workspace-id'

/** A request for a route of the API, before its body has been read. */
export interface Knock {
  readonly method: string
  /** Path and query as sent, behind the platform's prefix. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly route: Route
}

export type Variables = Readonly<Record<string, string>>

/** What a cloud makes its tokens with. */
export interface TokenParts {
  readonly credentials: Credentials
  readonly lifetimeSeconds: number
  readonly now: () => number
}

/** Where the workspace is reached, and who is let in there. */
export interface Platform {
  /** What stands before the paths of the API. */
  readonly prefix: string
  /** Lets a caller in, or throws the refusal that is given there. */
  admit(knock: Knock): void | Promise<void>
  /** Throws unless the body is the one that the request was signed with. */
  checkBody?(headers: IncomingHttpHeaders, body: Buffer): void
  /** What is answered to a path that is none of the API's. */
  refusePath(path: string): Problem
  /** Of each reply. */
  replyHeaders?(requestId: string): Variables
  /** Headers that let in who neither signs nor exchanges anything. */
  accessHeaders(): Variables
  /** What the platform's own action sets for the steps after it, and where the API is. */
  variables(url: string): Variables
  /** The file that `GOOGLE_APPLICATION_CREDENTIALS` leads to. */
  credentialsFile?(url: string): object
  /** Answers what is asked below `/_tokens/`. */
  readonly tokens?: RequestListener
  /** Back to how it started; the credentials have forgotten their tokens. */
  clear?(): void
}
