import type { Stop } from '../../stop/stop.ts'

export interface CloudParts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stop: Stop
  /** Told of each secret before it is used, so that it can be masked. */
  readonly secret: (value: string) => void
}

export class CloudCredentialError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'CloudCredentialError'
  }
}

/** What a library says of its failure, to be gone on with in the same sentence. */
export function failureText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/[.\s]+$/, '')
}
