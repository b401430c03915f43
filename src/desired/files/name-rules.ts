import { lstat } from 'node:fs/promises'
import path from 'node:path'

/** Which different names a disk takes for one. */
export interface NameRules {
  /** `A` and `a`. */
  readonly ignoresCase: boolean
  /** `ä` as one character and as two (NFC and NFD). */
  readonly ignoresForm: boolean
}

export const EXACT: NameRules = { ignoresCase: false, ignoresForm: false }

/** Of a search for what may have been meant. */
export const LENIENT: NameRules = { ignoresCase: true, ignoresForm: true }

/** What names that a disk takes for one have in common. */
export function foldName(name: string, { ignoresCase, ignoresForm }: NameRules): string {
  const form = ignoresForm ? name.normalize('NFC') : name
  return ignoresCase ? form.toLowerCase() : form
}

/** The rules of the disk that an existing folder is on. */
export async function nameRulesOf(folder: string): Promise<NameRules> {
  return rulesOf(process.platform, await answersToOtherCase(folder))
}

/**
 * NTFS tells Unicode forms apart; APFS and HFS+ never do, and ext4 and f2fs do not in folders that take either case
 * (`casefold` of the Linux kernel's documentation).
 */
export function rulesOf(platform: NodeJS.Platform, ignoresCase: boolean): NameRules {
  return { ignoresCase, ignoresForm: platform === 'darwin' || (platform !== 'win32' && ignoresCase) }
}

/** Whether a folder is also there under its name in the other case. */
async function answersToOtherCase(folder: string): Promise<boolean> {
  const other = inOtherCase(folder)
  if (other === folder) return process.platform === 'win32'
  const [one, two] = await Promise.all(
    [folder, other].map((each) => lstat(each, { bigint: true }).catch(() => undefined)),
  )
  return one !== undefined && one.ino === two?.ino && one.dev === two.dev
}

/** The last name of a path that has letters, in the other case. */
function inOtherCase(folder: string): string {
  const name = path.basename(folder)
  if (name === '') return folder
  const upper = name.toUpperCase()
  const other = upper === name ? name.toLowerCase() : upper
  return other === name ? path.join(inOtherCase(path.dirname(folder)), name) : path.join(path.dirname(folder), other)
}
