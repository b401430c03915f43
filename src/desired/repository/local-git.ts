import path from 'node:path'
import { isInside } from '../../paths/system-path.ts'
import { type Commit, readCommit } from './git-commit.ts'
import { hasRefTable, readConfig, remoteUrlOf } from './git-config.ts'
import { findGitDir, type GitDir, gitDirAt } from './git-dir.ts'
import { readHead } from './git-refs.ts'

/** What the files of a work tree's repository say. No git is started: it would run what a configuration names. */
export interface LocalGit {
  /** The folder that holds `.git`. */
  readonly top: string
  /** The full SHA of HEAD; undefined before the first commit, and where `hasRefTable`. */
  readonly head: string | undefined
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined
  /** Undefined when HEAD lies in a pack. */
  readonly commit: Commit | undefined
  /** The work tree that this one is a submodule of. */
  readonly superproject: string | undefined
  /** URL of the remote `origin`, or of the only remote, as it is written there; undefined when there is none. */
  readonly remote: string | undefined
  /** The references are kept in a way that is not read here. */
  readonly hasRefTable: boolean
}

/** Reads about the work tree that a folder is in. Undefined when it is in none. */
export async function readLocalGit(folder: string): Promise<LocalGit | undefined> {
  const dir = await findGitDir(folder)
  return dir === undefined ? undefined : read(dir)
}

/** Reads about the work tree whose top a folder is. Undefined when there is no repository at its `.git`. */
export async function readWorkTree(top: string): Promise<LocalGit | undefined> {
  const dir = await gitDirAt(top)
  return dir === undefined ? undefined : read(dir)
}

async function read(dir: GitDir): Promise<LocalGit> {
  const [head, settings, superproject] = await Promise.all([readHead(dir), readConfig(dir), superprojectOf(dir)])
  return {
    top: dir.top,
    head: head.sha,
    branch: head.branch,
    commit: head.sha === undefined ? undefined : await readCommit(dir, head.sha),
    superproject,
    remote: remoteUrlOf(settings),
    hasRefTable: hasRefTable(settings),
  }
}

/** A submodule's git directory lies inside that of the work tree around it (`.git/modules/…`). */
async function superprojectOf({ top, own }: GitDir): Promise<string | undefined> {
  const parent = path.dirname(top)
  const around = parent === top ? undefined : await findGitDir(parent)
  if (around === undefined) return undefined
  return isInside(path.join(around.common, 'modules'), own) ? around.top : undefined
}
