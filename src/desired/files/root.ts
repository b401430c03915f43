import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { quote } from '../../text/escape.ts'
import { Refusal } from '../../text/refusal.ts'
import { type NameRules, nameRulesOf } from './name-rules.ts'

/** The folder that everything is relative to, and that nothing is mounted from outside of. */
export interface Root {
  /** As the user wrote it, made absolute. */
  readonly given: string
  /** Without links. */
  readonly real: string
  readonly names: NameRules
}

/** @throws Refusal if there is no such folder */
export async function openRoot(folder: string): Promise<Root> {
  const given = path.resolve(folder)
  const real = await realpath(given).catch(() => undefined)
  if (real === undefined || !(await stat(real)).isDirectory()) {
    throw new Refusal([`root: ${quote(folder)} is not a folder. Did a checkout or build step run before?`])
  }
  return { given, real, names: await nameRulesOf(real) }
}
