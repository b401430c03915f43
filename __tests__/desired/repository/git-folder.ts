import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What git is told, so that nothing of this machine's settings counts. */
const SETTINGS = [
  'user.name=Mona',
  'user.email=mona@example.com',
  'init.defaultBranch=main',
  'protocol.file.allow=always',
  'commit.gpgSign=false',
].flatMap((setting) => ['-c', setting])

/** The SHAs of a pull request's head and of its test merge. */
export type PullRequestFolder = GitFolder & { readonly tip: string; readonly merge: string }

/** A work tree in a temporary folder, made with git itself. Removed when it goes out of scope. */
export class GitFolder {
  static #seconds = 1_750_000_000
  readonly root: string

  /** @param root a folder that somebody else removes; a new one if not given */
  constructor(root = realpathSync(mkdtempSync(path.join(tmpdir(), 'session-mount-git-')))) {
    this.root = root
  }

  /** A work tree without a commit. */
  static empty(remote?: string, root?: string): GitFolder {
    const folder = new GitFolder(root)
    mkdirSync(folder.root, { recursive: true })
    folder.git('init', '--quiet')
    if (remote !== undefined) folder.git('remote', 'add', 'origin', remote)
    return folder
  }

  /** A work tree with one commit on `main`. */
  static initial(remote?: string, root?: string): GitFolder {
    const folder = GitFolder.empty(remote, root)
    folder.commit('first')
    return folder
  }

  /**
   * The checkout of a pull request: `main` moved on, so that HEAD is the test merge of `patch`, detached. With one file,
   * `patch.txt`, of the pull request.
   */
  static pullRequest(remote?: string, root?: string): PullRequestFolder {
    const folder = GitFolder.initial(remote, root)
    folder.git('checkout', '--quiet', '-b', 'patch')
    const tip = folder.commit('patch')
    folder.git('checkout', '--quiet', 'main')
    folder.commit('second')
    folder.git('checkout', '--quiet', '--detach')
    folder.git('merge', '--quiet', '--no-ff', '-m', 'test merge', 'patch')
    return Object.assign(folder, { tip, merge: folder.head() })
  }

  /** A clone of what is checked out here, as deep as given. */
  clone(depth: number, remote?: string): GitFolder {
    const clone = GitFolder.empty(this.root)
    clone.git('fetch', '--quiet', `--depth=${depth}`, `file://${this.root}`, 'HEAD')
    clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    if (remote !== undefined) clone.git('remote', 'set-url', 'origin', remote)
    return clone
  }

  /** The same in another folder, without starting git: while it runs, nothing else of the test's process does. */
  async copyTo(root: string): Promise<GitFolder> {
    await cp(this.root, root, { recursive: true })
    return new GitFolder(root)
  }

  /** Lets HEAD be a commit, detached. The files stay as they are. */
  pointTo(sha: string): void {
    writeFileSync(this.path('.git/HEAD'), `${sha}\n`)
  }

  git(...args: readonly string[]): string {
    const settings = { HOME: this.root, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
    // Two repositories that are made alike in one second would have the same commits.
    const date = `${GitFolder.#seconds++} +0000`
    const env = { PATH: process.env.PATH, ...settings, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    return execFileSync('git', [...SETTINGS, ...args], { cwd: this.root, env, stdio: [...stdio] })
      .toString()
      .trim()
  }

  /** Commits a file of that name; returns the SHA. */
  commit(name: string): string {
    writeFileSync(this.path(`${name}.txt`), name)
    this.git('add', '--all')
    this.git('commit', '--quiet', '-m', name)
    return this.head()
  }

  /** Every commit that is checked out or has a name, as GitHub would tell of it. */
  history(): Readonly<Record<string, { readonly parents: readonly string[]; readonly message: string }>> {
    const commits = this.git('log', '--all', 'HEAD', '--format=%H%x00%P%x00%B%x01').split('\u0001')
    const entries = commits.slice(0, -1).map((text) => {
      const [sha = '', parents = '', message = ''] = text.trim().split('\0')
      return [sha, { parents: parents.split(' ').filter((each) => each !== ''), message: message.trim() }] as const
    })
    return Object.fromEntries(entries)
  }

  /** Merges a commit into what is checked out, detached, as GitHub does to test a pull request. */
  testMerge(head: string): string {
    this.git('checkout', '--quiet', '--detach')
    this.git('merge', '--quiet', '--no-ff', '-m', `Merge ${head} into ${this.head()}`, head)
    return this.head()
  }

  head(): string {
    return this.git('rev-parse', 'HEAD')
  }

  path(name: string): string {
    return path.join(this.root, name)
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
