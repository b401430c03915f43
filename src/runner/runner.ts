import { writeFile } from 'node:fs/promises'
import * as core from '@actions/core'
import { inert, inertLine } from '../text/escape.ts'
import { maskedForms } from './mask.ts'

/** What the flows need of the GitHub runner; the one door to it. Everything printed through it is made inert. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The raw value of an input, untrimmed; empty when it is not given. */
  input(name: string): string
  /** Masks a secret, in every form in which it may turn up, from here on. */
  secret(value: string): void
  debug(line: string): void
  info(line: string): void
  notice(text: string): void
  warning(text: string): void
  /** Prints an error annotation; the step can still succeed. */
  error(text: string): void
  /** Prints an error annotation and sets the exit code; the caller goes on. */
  fail(text: string): void
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  output(name: string, value: string): void
  /** Written to disk before it returns, so that it outlives a kill (actions/runner reads the file in a `finally`). */
  saveState(key: string, value: string): void
  /** All state of this step that main wrote, by key. */
  state(): ReadonlyMap<string, string>
  /** Makes Markdown this step's part of the job summary, in place of an earlier one; does nothing where there is none. */
  summary(markdown: string): Promise<void>
}

const STATE_PREFIX = 'STATE_'

/** The runner that this process was started by. */
export function githubRunner(): Runner {
  makeStdoutInert()
  return {
    env: process.env,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    secret: (value) => maskedForms(value).forEach(core.setSecret),
    // The runner drops these lines unless debugging is on; a thousand of them cost a quarter of a second to write.
    debug: (line) => {
      if (core.isDebug()) core.debug(inertLine(line))
    },
    info: (line) => core.info(inertLine(line)),
    notice: (text) => core.notice(inertText(text)),
    warning: (text) => core.warning(inertText(text)),
    error: (text) => core.error(inertText(text)),
    fail: (text) => core.setFailed(inertText(text)),
    group: (title, work) => core.group(inertLine(title), work),
    output: (name, value) => core.setOutput(name, value),
    saveState: (key, value) => core.saveState(key, value),
    state: () => stateOf(process.env),
    summary: writeSummary,
  }
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

// The file is this step's own. core.summary insists on one that is there; older GHES and some local runners give none.
async function writeSummary(markdown: string): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '') return
  await writeFile(file, `${markdown}\n`).catch((error: unknown) => core.debug(`no job summary: ${String(error)}`))
}

/**
 * Libraries print as well, `@actions/glob` names from the disk for one; whatever goes out is made inert but for the ends
 * of lines. The lines of `core` are left whole by that: what they carry is inert already.
 */
function makeStdoutInert(): void {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk: string | Uint8Array, ...rest: never[]) =>
    write(
      typeof chunk === 'string'
        ? chunk
            .split(/(\r?\n)/)
            .map(inertUnlessLineEnd)
            .join('')
        : chunk,
      ...rest,
    )
}

function inertUnlessLineEnd(text: string): string {
  return /^\r?\n$/.test(text) ? text : inert(text)
}
