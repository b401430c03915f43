import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import * as core from '@actions/core'
import { inertLine } from './inert.ts'
import { maskedForms } from './secrets.ts'

/** What the flows need of the GitHub runner; the one door to it. Everything printed through it is made inert. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The raw value of an input, untrimmed; empty when it is not given. */
  input(name: string): string
  /** Masks a secret, in every form in which it may turn up, from here on. */
  secret(value: string): void
  /** Fetches a new OIDC token of GitHub, masked. @throws Error that says why there is none */
  idToken(audience: string): Promise<string>
  debug(line: string): void
  info(line: string): void
  notice(text: string): void
  warning(text: string): void
  /** Prints an error annotation and sets the exit code; the caller goes on. */
  fail(text: string): void
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  output(name: string, value: string): void
  /** Written to disk before it returns, so that it outlives a kill (actions/runner reads the file in a `finally`). */
  saveState(key: string, value: string): void
  /** All state of this step that main wrote, by key. */
  state(): ReadonlyMap<string, string>
  /** Appends Markdown to the job summary; where the runner offers none, does nothing. */
  summary(markdown: string): Promise<void>
}

const STATE_PREFIX = 'STATE_'

/** The runner that this process was started by. */
export function githubRunner(): Runner {
  return {
    env: process.env,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    secret: (value) => maskedForms(value).forEach(core.setSecret),
    idToken,
    debug: (line) => core.debug(inertLine(line)),
    info: (line) => core.info(inertLine(line)),
    notice: (text) => core.notice(inertText(text)),
    warning: (text) => core.warning(inertText(text)),
    fail: (text) => core.setFailed(inertText(text)),
    group: (title, work) => core.group(inertLine(title), work),
    output: (name, value) => core.setOutput(name, value),
    saveState: (key, value) => core.saveState(key, value),
    state: () => stateOf(process.env),
    summary: writeSummary,
  }
}

const ID_TOKEN_TIMEOUT_MS = 30_000

async function idToken(audience: string): Promise<string> {
  const late = sleep(ID_TOKEN_TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error(`no answer in ${ID_TOKEN_TIMEOUT_MS / 1000} s`)
  })
  return Promise.race([core.getIDToken(audience), late]).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`GitHub gave no OIDC token for the audience ${audience} (${reason}); run the job again`, {
      cause: error,
    })
  })
}

function inertText(text: string): string {
  return text.split('\n').map(inertLine).join('\n')
}

function stateOf(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith(STATE_PREFIX) && value !== undefined ? [[name.slice(STATE_PREFIX.length), value]] : [],
  )
  return new Map(entries)
}

// core.summary insists on a file that is there; older GHES and some local runners give none.
async function writeSummary(markdown: string): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '') return
  await appendFile(file, `${markdown}\n`).catch((error: unknown) => core.debug(`no job summary: ${String(error)}`))
}
