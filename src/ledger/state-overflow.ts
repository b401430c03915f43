import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { parseJson, read } from '../text/json.ts'
import { LedgerError } from './ledger-error.ts'

/** Key of the state that names the file which holds the rest. */
const OVERFLOW_KEY = 'ledger_overflow'

/**
 * The runner hands the state to post in its environment, and starts no process whose environment is too large: Linux takes
 * 128 KiB a variable and 2 MB in all, macOS 1 MB in all, Windows 32,767 characters a variable. Others need room as well.
 */
const MAX_STATE_BYTES = 256 * 1024
const MAX_VALUE_BYTES = 30_000

/** `STATE_`, `=`, the end of the text, and the pointer to it. */
const BYTES_AROUND = 16

type Environment = Readonly<Record<string, string | undefined>>

/** Saves state as far as post can still be started with it, and the rest in a file that the state names. */
export class BoundedState {
  readonly #saveState: (key: string, value: string) => void
  readonly #folder: string
  readonly #bytes = new Map<string, number>()
  readonly #inFile = new Set<string>()
  #total = 0
  #file: string | undefined

  /** @param env of the runner, in whose temporary folder the file lies */
  constructor(saveState: (key: string, value: string) => void, env: Environment) {
    this.#saveState = saveState
    this.#folder = env.RUNNER_TEMP || tmpdir()
  }

  /** Written when it returns. @throws when the file cannot be written */
  readonly save = (key: string, value: string): void => {
    if (this.#inFile.has(key) || !this.#fits(key, value)) this.#append(key, value)
    else this.#saveState(key, value)
  }

  #fits(key: string, value: string): boolean {
    const bytes = Buffer.byteLength(key) + Buffer.byteLength(value) + BYTES_AROUND
    const total = this.#total - (this.#bytes.get(key) ?? 0) + bytes
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES || total > MAX_STATE_BYTES) return false
    this.#bytes.set(key, bytes)
    this.#total = total
    return true
  }

  #append(key: string, value: string): void {
    this.#file ??= this.#open()
    this.#inFile.add(key)
    appendFileSync(this.#file, `${JSON.stringify([key, value])}\n`)
  }

  #open(): string {
    mkdirSync(this.#folder, { recursive: true })
    const file = path.resolve(this.#folder, `session-mount-ledger-${randomUUID()}.jsonl`)
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
    this.#saveState(OVERFLOW_KEY, file)
    return file
  }
}

/**
 * The state with what did not fit into it, which is newer where both have a key. A line without an end was being written
 * when main was killed; the call that it stands for was not made.
 * @throws LedgerError when the file is gone or damaged
 */
export function withOverflow(state: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const file = state.get(OVERFLOW_KEY)
  if (file === undefined) return state
  const lines = readLines(file)
  return new Map([...state, ...lines])
}

/** The value of an entry that was withdrawn is empty. */
const keyAndValue = v.strictTuple([v.string(), v.string()])

function readLines(file: string): readonly (readonly [string, string])[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new LedgerError(`the file with the rest of this step's record cannot be read (${code}, ${file})`)
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const entry = read(keyAndValue, parseJson(line))
      if (entry === undefined)
        throw new LedgerError(`the file with the rest of this step's record is damaged (${file})`)
      return entry
    })
}
