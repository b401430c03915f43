import { lstat, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { readSmallFile } from './small-file.ts'

/** Where git keeps what belongs to a work tree (gitrepository-layout). */
export interface GitDir {
  /** The folder that holds `.git`. */
  readonly top: string
  /** HEAD is here. */
  readonly own: string
  /** Configuration, references and objects are here: the same folder, except for a linked work tree. */
  readonly common: string
}

const MAX_POINTER_BYTES = 8_192

/** The git directory of the work tree that a folder is in; undefined when it is in none, or in a bare repository. */
export async function findGitDir(folder: string): Promise<GitDir | undefined> {
  let at = await realpath(folder).catch(() => undefined)
  while (at !== undefined) {
    const found = await gitDirAt(at)
    if (found !== undefined) return found
    if (await isGitDir(at, at)) return undefined
    const parent = path.dirname(at)
    at = parent === at ? undefined : parent
  }
  return undefined
}

/** The git directory that `.git` in this very folder is, or leads to. */
export async function gitDirAt(top: string): Promise<GitDir | undefined> {
  const own = await ownDirOf(path.join(top, '.git'))
  if (own === undefined) return undefined
  const pointer = await readLine(path.join(own, 'commondir'))
  const common = pointer === undefined ? own : path.resolve(own, pointer)
  return (await isGitDir(own, common)) ? { top, own, common } : undefined
}

/** `.git` is a folder, or a file that names one (submodules, linked work trees). */
async function ownDirOf(dotGit: string): Promise<string | undefined> {
  const stats = await stat(dotGit).catch(() => undefined)
  if (stats?.isDirectory()) return dotGit
  const target = /^gitdir: (.+)$/.exec((await readLine(dotGit)) ?? '')?.[1]
  return target === undefined ? undefined : path.resolve(path.dirname(dotGit), target)
}

async function isGitDir(own: string, common: string): Promise<boolean> {
  const parts = [path.join(own, 'HEAD'), path.join(common, 'objects'), path.join(common, 'refs')]
  const there = await Promise.all(
    parts.map((part) =>
      lstat(part).then(
        () => true,
        () => false,
      ),
    ),
  )
  return there.every((each) => each)
}

async function readLine(file: string): Promise<string | undefined> {
  const text = (await readSmallFile(file, MAX_POINTER_BYTES))?.toString('utf8')
  return text?.split(/\r?\n/, 1)[0]
}
