import { statSync, truncateSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import * as core from '@actions/core'
import { escapeForLog, escapeLogLine } from '../text/escape.ts'
import { hide, redact, SHORTEST_IN_VALUE } from '../text/redact.ts'

/**
 * What the flows need of the GitHub runner; the one door to it. Everything that goes out through it is redacted, and what is
 * printed is escaped.
 */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The raw value of an input, untrimmed; empty when it is not given. */
  input(name: string): string
  /** Masks a secret and redacts it, in every form in which it may turn up, from here on. */
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
  /**
   * Written to disk before it returns, so that it outlives a kill (actions/runner reads the file in a `finally`).
   * @throws Error if it cannot be written
   */
  saveState(key: string, value: string): void
  /** All state of this step that main wrote, by key. */
  state(): ReadonlyMap<string, string>
  /** Makes Markdown this step's part of the job summary, in place of an earlier one; does nothing where there is none. */
  summary(markdown: string): Promise<void>
}

const STATE_PREFIX = 'STATE_'

/** The runner that this process was started by. */
export function githubRunner(): Runner {
  const writeMask = makeOutputInert()
  return {
    env: process.env,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    secret: (value) => hide(value).forEach(writeMask),
    // The runner drops these lines unless debugging is on; a thousand of them cost a quarter of a second to write.
    debug: (line) => {
      if (core.isDebug()) core.debug(escapeLogLine(line))
    },
    info: (line) => core.info(escapeLogLine(line)),
    notice: (text) => core.notice(inertText(text)),
    warning: (text) => core.warning(inertText(text)),
    error: (text) => core.error(inertText(text)),
    fail: (text) => core.setFailed(inertText(text)),
    group: (title, work) => core.group(escapeLogLine(title), work),
    output: (name, value) => core.setOutput(name, redact(value, SHORTEST_IN_VALUE)),
    saveState: (key, value) => saveWhole(key, redact(value, SHORTEST_IN_VALUE)),
    state: () => savedState(process.env),
    summary: (markdown) => writeSummary(redact(markdown, SHORTEST_IN_VALUE)),
  }
}

function inertText(text: string): string {
  return redact(text).split('\n').map(escapeLogLine).join('\n')
}

/** Half an entry would make the runner refuse all that follows. Without a file, `core` prints what nobody reads any more. */
function saveWhole(key: string, value: string): void {
  const file = process.env.GITHUB_STATE
  if (!file) throw new Error('GITHUB_STATE is not set')
  const { size } = statSync(file)
  try {
    core.saveState(key, value)
  } catch (error) {
    if (statSync(file).isFile()) truncateSync(file, size)
    throw error
  }
}

function savedState(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
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
 * Libraries print as well; whatever goes out is redacted and escaped but for
 * the ends of lines. The runner takes commands from both outputs; ours all go to the standard one, whose lines `core` writes.
 * Returns what writes the command that masks a text, which is the one thing that holds a secret.
 */
function makeOutputInert(): (secret: string) => void {
  const write = process.stdout.write.bind(process.stdout)
  intercept(process.stdout, escapeForLog)
  intercept(process.stderr, escapeLogLine)
  // As `core.setSecret` writes it.
  return (secret) => {
    const escaped = secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
    write(`::add-mask::${escaped}\n`)
  }
}

function intercept(stream: NodeJS.WriteStream, escapeLine: (line: string) => string): void {
  const write = stream.write.bind(stream)
  stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
    const text = redact(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    const lines = text.split(/(\r?\n)/).map((part, index) => (index % 2 === 0 ? escapeLine(part) : part))
    return write(lines.join(''), ...rest)
  }
}
