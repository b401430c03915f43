/** A repository on github.com. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** Names of managed users end in `_` and their enterprise's short code. */
const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/
const NAME = /^[A-Za-z0-9._-]{1,100}$/

const NO_HOST = 'leads to no host; name the repository as `owner/name`'

type Parsed = RepositoryName | { readonly problem: string }

/**
 * Reads `owner/name`, or the URL of a repository as `parseRemote` does.
 * @returns the repository, or why it is none, in words that hold no credential
 */
export function parseRepository(text: string): Parsed {
  if (/^[^/:@\s]+\/[^/:@\s]+$/.test(text)) return parsePath(text)
  const parsed = parseRemote(text)
  const isAddress = !('problem' in parsed) || parsed.problem !== NO_HOST
  return isAddress ? parsed : { problem: 'is not `owner/name`, an https URL on github.com, or "."' }
}

/**
 * Reads the URL of a git remote in one of its forms: https, ssh, or `git@github.com:owner/name`, with or without
 * `.git` and credentials.
 * @returns the repository, or why it is none, in words that hold no credential
 */
export function parseRemote(text: string): Parsed {
  const scp = /^(?:[^@/\s]+@)?([^@:/\s]+):(?!\/\/)([^@]+)$/.exec(text)
  const url = scp === null && /^[a-z+]+:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  const host = (scp?.[1] ?? url?.hostname)?.toLowerCase() ?? ''
  if (!/^[a-z0-9.-]+\.[a-z]{2,}$/.test(host)) {
    return { problem: NO_HOST }
  }
  if (host !== 'github.com' && host !== 'www.github.com' && host !== 'ssh.github.com') {
    return {
      problem: `is on ${host}, but sessions can clone from github.com only, not from other hosts or GitHub Enterprise Server`,
    }
  }
  return parsePath(scp?.[2] ?? url?.pathname ?? '')
}

function parsePath(path: string): Parsed {
  const [owner = '', name = '', ...rest] = path.replace(/^\/+|\/+$/g, '').split('/')
  const bare = name.replace(/\.git$/, '')
  if (rest.length > 0 || !OWNER.test(owner) || !NAME.test(bare) || bare === '.' || bare === '..') {
    return { problem: 'does not name a repository as `owner/name`' }
  }
  return { owner, name: bare }
}

/** The one form of URL that the service takes: https, no `.git`. */
export function urlOf({ owner, name }: RepositoryName): string {
  return `https://github.com/${owner}/${name}`
}

export function fullName({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`
}

/** GitHub's names do not know case. */
export function isSameRepository(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && a.toLowerCase() === b?.toLowerCase()
}
