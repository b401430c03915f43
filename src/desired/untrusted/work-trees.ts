import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { type LocalGit, readWorkTree } from '../repository/local-git.ts'

/** The work trees that files lie in. */
export interface WorkTrees {
  /** By their folder; undefined where `.git` is none of a repository. */
  readonly trees: ReadonlyMap<string, LocalGit | undefined>
  /** Files that lie in no work tree. */
  readonly plain: readonly string[]
}

/** Reads the innermost work trees that hold the files, and those that they are submodules of. @param files absolute */
export async function readWorkTrees(files: readonly string[]): Promise<WorkTrees> {
  const tops = new Map<string, string | undefined>()
  const plain: string[] = []
  const trees = new Map<string, LocalGit | undefined>()
  for (const file of files) {
    let top = await topOf(path.dirname(file), tops)
    if (top === undefined) plain.push(file)
    while (top !== undefined && !trees.has(top)) {
      const git = await readWorkTree(top)
      trees.set(top, git)
      top = git?.superproject
    }
  }
  return { trees, plain }
}

/** Whether the same commits are checked out, in the same folders. */
export function areSameHeads(a: WorkTrees, b: WorkTrees): boolean {
  const heads = ({ trees }: WorkTrees) => JSON.stringify([...trees].map(([top, git]) => [top, git?.head]).sort())
  return heads(a) === heads(b)
}

async function topOf(folder: string, known: Map<string, string | undefined>): Promise<string | undefined> {
  if (known.has(folder)) return known.get(folder)
  const hasGit = await lstat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  )
  const parent = path.dirname(folder)
  const above = hasGit || parent === folder ? undefined : await topOf(parent, known)
  const top = hasGit ? folder : above
  known.set(folder, top)
  return top
}
