import { quote } from '../../text/escape.ts'
import { count, truncateList } from '../../text/format.ts'

/** Why something that a wildcard or a folder has found is not mounted. */
type LeftOutReason =
  | 'hidden'
  | 'sensitive'
  | 'linked-folder'
  | 'broken-link'
  | 'alias'
  | 'special'
  | 'unreadable'
  | 'undecodable'

/** Something that is not mounted, which is no failure: nobody has named it. */
export interface LeftOut {
  readonly reason: LeftOutReason
  readonly name: string
  /** More about it, in words. */
  readonly detail?: string | undefined
}

/** How many names a warning of sensitive files lists; each has to be seen, but not a whole disk of them. */
const MOST_SENSITIVE = 50

interface Words {
  readonly what: (number: number) => string
  /** What to do to have them mounted. */
  readonly advice?: string
}

/** All but `sensitive`, in the order in which they are told. */
const WORDS: Readonly<Record<Exclude<LeftOutReason, 'sensitive'>, Words>> = {
  hidden: { what: (n) => count(n, 'hidden file'), advice: 'To mount them, set `include-hidden-files: true`' },
  'linked-folder': {
    what: (n) => `${count(n, 'symbolic link')} to ${n === 1 ? 'a folder' : 'folders'}`,
    advice: 'To follow links, name them, or set `follow-symbolic-links: true`',
  },
  'broken-link': { what: (n) => count(n, 'broken symbolic link') },
  alias: { what: (n) => `${count(n, 'second name')} of mounted files` },
  special: { what: (n) => `${count(n, 'item')} without content` },
  unreadable: {
    what: (n) => `${count(n, 'item')} that cannot be read`,
    advice: 'Check the permissions, or exclude what is not wanted',
  },
  undecodable: {
    what: (n) => `${count(n, 'name')} that ${n === 1 ? 'is' : 'are'} not UTF-8`,
    advice: 'Rename what is wanted',
  },
}

/** One warning for each reason. */
export function leftOutWarnings(all: readonly LeftOut[]): readonly string[] {
  const reasons = Object.keys(WORDS) as (keyof typeof WORDS)[]
  const warnings = reasons.flatMap((reason) => {
    const names = leftOutNames(all, reason)
    const { what, advice } = WORDS[reason]
    const line = `Skipped ${what(names.length)}: ${truncateList(names)}`
    return names.length === 0 ? [] : [advice === undefined ? line : `${line}. ${advice}`]
  })
  return all.some(({ reason }) => reason === 'sensitive') ? [...warnings, sensitiveWarning(all)] : warnings
}

function sensitiveWarning(all: readonly LeftOut[]): string {
  return `Left out as sensitive: ${truncateList(leftOutNames(all, 'sensitive'), MOST_SENSITIVE)}. What holds no secret can be named in \`allow-sensitive-files\``
}

function leftOutNames(all: readonly LeftOut[], wanted: LeftOutReason): readonly string[] {
  const texts = all
    .filter(({ reason }) => reason === wanted)
    .map(({ name, detail }) => (detail === undefined ? quote(name) : `${quote(name)} ${detail}`))
  return [...new Set(texts)]
}
