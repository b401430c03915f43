/** A repository of the stand-in, as far as its commits and their names go. */
export interface GitHubRepository {
  readonly owner: string
  readonly name: string
  readonly private?: boolean
  readonly fork?: boolean
  readonly defaultBranch: string
  /** Name (`release/2.x`) to full SHA. */
  readonly branches: Readonly<Record<string, string>>
  /** Name to the full SHA of the commit: an annotated tag stands for its commit wherever GitHub is asked. */
  readonly tags: Readonly<Record<string, string>>
  /** Full SHAs of further commits: those behind a tip, and those of the forks, which GitHub shows here too. */
  readonly commits: readonly string[]
  /** Of a commit by its full SHA, as far as they are known: the parents' full SHAs, and its message. */
  readonly history?: Readonly<Record<string, CommitHistory>>
  /** `owner/name` of the repository that it is a fork of. */
  readonly forkOf?: string
  /** `owner/name` of before: asked for by it, GitHub answers 301 to an address by id. */
  readonly formerNames?: readonly string[]
  /** Its organization demands single sign-on, and no token has had it. */
  readonly sso?: boolean
}

export interface CommitHistory {
  readonly parents: readonly string[]
  readonly message: string
}

/** What is known of a commit; one of which nothing is known begins a history. */
export function historyOf({ history }: GitHubRepository, sha: string): CommitHistory {
  return history?.[sha] ?? { parents: [], message: 'A change' }
}

/** A commit, and all that it was made from. */
export function ancestryOf(repository: GitHubRepository, sha: string): ReadonlySet<string> {
  const seen = new Set([sha])
  for (const each of seen) for (const parent of historyOf(repository, each).parents) seen.add(parent)
  return seen
}

/** GitHub's number of a repository: the same under each of its names. */
export function idOf({ owner, name }: GitHubRepository): number {
  return [...`${owner}/${name}`.toLowerCase()].reduce(
    (id, letter) => (id * 31 + letter.charCodeAt(0)) % 1_000_000_007,
    7,
  )
}

/**
 * The full SHA of the commit that a name stands for, found as git does: a full SHA is always itself; then
 * `refs/…`, `heads/…` and `tags/…`; then a tag before a branch; then the start of exactly one SHA.
 */
export function commitOf(repository: GitHubRepository, ref: string): string | undefined {
  const commits = commitsOf(repository)
  if (/^[0-9a-f]{40}$/i.test(ref)) return commits.has(ref.toLowerCase()) ? ref.toLowerCase() : undefined
  const refs = refsOf(repository)
  for (const name of [ref, `refs/${ref}`, `refs/tags/${ref}`, `refs/heads/${ref}`]) {
    const found = refs.get(name)
    if (found !== undefined) return found
  }
  if (!/^[0-9a-f]{4,39}$/i.test(ref)) return undefined
  const [only, ...others] = [...commits].filter((sha) => sha.startsWith(ref.toLowerCase()))
  return others.length === 0 ? only : undefined
}

/** Every commit that can be asked for. */
export function commitsOf({ branches, tags, commits, history }: GitHubRepository): ReadonlySet<string> {
  return new Set([...Object.values(branches), ...Object.values(tags), ...commits, ...Object.keys(history ?? {})])
}

function refsOf({ branches, tags }: GitHubRepository): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(branches).map(([name, sha]) => [`refs/heads/${name}`, sha] as const),
    ...Object.entries(tags).map(([name, sha]) => [`refs/tags/${name}`, sha] as const),
  ])
}
