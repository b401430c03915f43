import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where Node keeps what it compiles of scripts that stay as they are: one folder for a process and those that it starts. */
export function compiledFolder(): string {
  const known = process.env.STEP_COMPILED
  if (known !== undefined) return known
  const folder = mkdtempSync(path.join(tmpdir(), 'session-mount-compiled-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.env.STEP_COMPILED = folder
  return folder
}

/** For the environment of a process. While coverage is measured, everything is compiled anew: without that it is less exact. */
export function keepingCompiled(): Readonly<Record<string, string>> {
  return process.env.STEP_COVERAGE === undefined ? { NODE_COMPILE_CACHE: compiledFolder() } : {}
}
