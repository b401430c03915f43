import type { Platform, UsableCredential } from '../api/credentials/usable-credential.ts'
import type { InputReader } from './reader.ts'
import { type Environment, type Setting, setting } from './setting.ts'

/** Inputs that hold secrets. */
export const SECRET_INPUTS: readonly string[] = ['anthropic-api-key', 'github-token', 'workflow-token']

/** As whom the service is called, or why the step does nothing. */
export type CredentialInput =
  | UsableCredential
  /** There is none, and the inputs say that this is no error. */
  | { readonly kind: 'skip'; readonly why: string }

/** Where the service is, and as whom it is called. */
export interface Access {
  readonly baseUrl: URL
  readonly credential: CredentialInput
}

/** What it means that there is no credential. */
export interface Absence {
  /** The reason for which GitHub withholds them from this run; undefined if it does not. */
  readonly withheld: string | undefined
  readonly isAllowed: boolean
}

/** Inputs of a federation rule. */
export const FEDERATION = [
  'anthropic-federation-rule-id',
  'anthropic-organization-id',
  'anthropic-service-account-id',
] as const

/** Says that Anthropic's own ways to authenticate mean nothing in a cloud. */
export function warnOfOtherWays(read: InputReader, platform: Platform, others: readonly string[] = []): void {
  read.warnIfGiven([...FEDERATION, ...others], `with \`platform: ${platform}\``)
}

export function readKey(read: InputReader, { text, source }: Setting): string {
  const flaw = flawOf(text)
  if (flaw !== undefined) {
    read.problem('anthropic-api-key', `${flaw}${source} (value not shown); store the key alone in the secret`)
  }
  return text
}

/** Describes the flaw of a secret that was pasted with something around it; undefined if there is none. */
export function flawOf(secret: string): string | undefined {
  if (/^(["'`]).*\1$/s.test(secret)) return 'is in quotes'
  if (/^[{[]/.test(secret)) return 'looks like JSON'
  if (/^\$|\$\{|^%\w+%$/.test(secret)) return 'looks like the name of a variable that was not replaced'
  if (/^(bearer|x-api-key|authorization)\b/i.test(secret)) return 'looks like a header'
  if (/^\w+=/.test(secret)) return 'looks like an assignment (`NAME=value`)'
  return /^[\x21-\x7e]+$/.test(secret) ? undefined : 'contains a space, a line break or a non-ASCII character'
}

/** The workspace in a cloud, from the input or the cloud's own variable. */
export function readWorkspaceId(read: InputReader, env: Environment, name: string, platform: Platform): string {
  const given = setting(read, 'anthropic-workspace-id', env, name)
  if (given === undefined) {
    read.problem('anthropic-workspace-id', `required with \`platform: ${platform}\`, here or as ${name} in the \`env\``)
    return ''
  }
  return read.checkId('anthropic-workspace-id', given.text, 'workspace') ?? ''
}

/** What to add to the error that a credential is missing. */
export function orSkip({ withheld }: Absence): string {
  return withheld === undefined ? '' : `. ${withheld}; set \`if-no-credentials: skip\` to skip the step there`
}
