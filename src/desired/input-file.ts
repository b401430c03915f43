import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isInside, nameBelow } from '../paths/system-path.ts'
import { quote } from '../text/escape.ts'
import { formatBytes } from '../text/format.ts'
import { Refusal } from '../text/refusal.ts'

/** How large a file may be, and what to do with a larger one. */
export interface SizeLimit {
  readonly bytes: number
  readonly advice: string
}

/** A file that an input names. */
export interface InputFile {
  /** Relative to the folder that holds it, in POSIX form. */
  readonly path: string
  readonly realPath: string
}

/**
 * Finds the file that an input names, in the workspace or in the runner's temporary folder.
 * @param name relative to the workspace, or absolute
 * @throws Refusal
 */
export async function findInputFile(
  input: string,
  name: string,
  limit: SizeLimit,
  env: Readonly<Record<string, string | undefined>>,
): Promise<InputFile> {
  const workspace = env.GITHUB_WORKSPACE || '.'
  const wanted = path.resolve(workspace, name)
  const realPath = await realpath(wanted).catch(() => undefined)
  const refusal = (wrong: string) => new Refusal([`${input}: ${quote(name)} ${wrong}`])
  for (const folder of [workspace, env.RUNNER_TEMP].flatMap((each) => (each ? [path.resolve(each)] : []))) {
    if (realPath === undefined && isInside(folder, wanted)) throw refusal('does not exist')
    const real = await realpath(folder).catch(() => folder)
    if (realPath === undefined || !isInside(real, realPath)) continue
    const wrong = unfit(await stat(realPath), limit)
    if (wrong !== undefined) throw refusal(wrong)
    return { path: nameBelow(folder, wanted) ?? nameBelow(real, realPath) ?? wanted, realPath }
  }
  throw refusal('is neither in the workspace nor in RUNNER_TEMP')
}

function unfit(stats: Stats, { bytes, advice }: SizeLimit): string | undefined {
  if (stats.isDirectory()) return 'is a folder'
  if (!stats.isFile()) return 'is not a regular file'
  return stats.size > bytes
    ? `has ${formatBytes(stats.size)}, but at most ${formatBytes(bytes)} are read; ${advice}`
    : undefined
}
