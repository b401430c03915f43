import { PUBLIC_API } from '../api/connect.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { quote } from '../text/escape.ts'
import { type CredentialInput, readCredential } from './credential.ts'
import type { InputReader, Remark } from './reader.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Access {
  readonly baseUrl: URL
  readonly credential: CredentialInput
}

export function readAccess(read: InputReader, env: Environment, event: WorkflowEvent): Access {
  return { baseUrl: readBaseUrl(read, env), credential: readCredential(read, env, event) }
}

/**
 * Ends the reading of an action's inputs. Where there is no credential, nothing is done, and nothing is wrong: a fork's
 * pull request has no variables either, which ids may come from.
 * @throws InputError
 */
export function finishUnlessSkipped<T extends { readonly access: Access }>(
  read: InputReader,
  inputs: T,
): T & { readonly remarks: readonly Remark[] } {
  if (inputs.access.credential.kind !== 'skip') read.finish()
  return { ...inputs, remarks: read.remarks }
}

function readBaseUrl(read: InputReader, env: Environment): URL {
  const given = read.text('base-url')
  const text = given ?? (env.ANTHROPIC_BASE_URL?.trim() || PUBLIC_API)
  const source = given === undefined ? ' (from ANTHROPIC_BASE_URL)' : ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === undefined || !secure || url.username !== '' || url.search !== '' || url.hash !== '') {
    read.problem(
      'base-url',
      `${url?.username ? 'a URL with a user name' : quote(text)}${source} is not a valid address: it must be an https URL without user, query or fragment (http is allowed for loopback only)`,
    )
    return new URL(PUBLIC_API)
  }
  return withoutVersion(url, read)
}

/** Addresses for other tools often end with the version, which here is part of each call's own path. */
function withoutVersion(url: URL, read: InputReader): URL {
  if (!/\/v1\/*$/.test(url.pathname)) return url
  const shorter = new URL(url)
  shorter.pathname = url.pathname.replace(/\/v1\/*$/, '/')
  read.notice('base-url', `the trailing "/v1" was dropped; using ${shorter.href}`)
  return shorter
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
