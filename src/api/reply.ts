import type { CallName } from './errors.ts'

/** The head of a successful answer. */
export interface ReplyHead {
  readonly call: CallName
  readonly status: number
  readonly contentType: string
  /** From `anthropic-workspace-id`. */
  readonly workspaceId: string | undefined
}

/** A successful answer, not yet decoded. */
export interface Reply extends ReplyHead {
  readonly text: string
}

/** A successful answer whose body comes bit by bit. */
export interface StreamReply extends ReplyHead {
  /** Throws ConnectionError or Interrupted when it is cut. To leave it early closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>
}
