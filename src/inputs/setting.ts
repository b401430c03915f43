import type { InputReader } from './reader.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A value, and for messages where it comes from: nothing for the input itself. */
export interface Setting {
  readonly text: string
  readonly source: string
}

/** An input, else the first of these variables that is set; empty counts as unset. */
export function setting(
  read: InputReader,
  input: string,
  env: Environment,
  ...variables: readonly string[]
): Setting | undefined {
  const text = read.text(input)
  return text === undefined ? variable(env, ...variables) : { text, source: '' }
}

/** The first of these variables that is set; empty counts as unset. */
export function variable(env: Environment, ...names: readonly string[]): Setting | undefined {
  const name = names.find((each) => env[each]?.trim())
  return name === undefined ? undefined : { text: env[name]?.trim() ?? '', source: ` (from ${name})` }
}
