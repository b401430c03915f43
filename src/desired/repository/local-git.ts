import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What git says of the folder. */
export interface LocalGit {
  /** The full SHA of HEAD; undefined before the first commit. */
  readonly head: string | undefined
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined
  /** Parents of HEAD, those too that a shallow clone does not have. */
  readonly parents: readonly string[]
  /** The work tree that this one is a submodule of. */
  readonly superproject: string | undefined
  /** URL of the remote `origin`, or of the only remote; undefined when there is none. */
  readonly remote: string | undefined
}

const run = promisify(execFile)

/** Asks git about a folder, wherever in a work tree it is. Undefined when it is in none, or there is no git. */
export async function readLocalGit(folder: string): Promise<LocalGit | undefined> {
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    // A work tree of another user (a container, a self-hosted runner) is refused by git unless it is named as safe.
    const options = ['-c', 'safe.directory=*', '-C', folder, ...args]
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
    return run('git', options, { env, timeout: 10_000 }).then(
      ({ stdout }) => stdout.trim() || undefined,
      () => undefined,
    )
  }
  if ((await git('rev-parse', '--is-inside-work-tree')) !== 'true') return undefined
  const [head, branch, commit, remotes, superproject] = await Promise.all([
    git('rev-parse', '--verify', 'HEAD^{commit}'),
    git('symbolic-ref', '--short', '-q', 'HEAD'),
    // `git log` hides the parents where a shallow clone ends; the commit itself names them.
    git('cat-file', 'commit', 'HEAD'),
    git('remote'),
    git('rev-parse', '--show-superproject-working-tree'),
  ])
  const names = remotes?.split('\n') ?? []
  const remote = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined
  return {
    head,
    branch,
    parents: parentsOf(commit ?? ''),
    superproject,
    remote: remote === undefined ? undefined : await git('remote', 'get-url', remote),
  }
}

function parentsOf(commit: string): readonly string[] {
  const header = commit.split('\n\n', 1)[0] ?? ''
  return header.split('\n').flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []))
}
