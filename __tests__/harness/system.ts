import { existsSync, lstatSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from '@jest/globals'

export const ON_WINDOWS = process.platform === 'win32'

/** What the disk of the temporary folder does. */
const { makesLinks, ignoresCase, takesUnicode } = tryDisk()

function tryDisk() {
  const folder = mkdtempSync(path.join(tmpdir(), 'session-mount-disk-'))
  try {
    const link = path.join(folder, 'link')
    writeFileSync(path.join(folder, 'a'), '')
    return {
      makesLinks: canLink('a', link),
      ignoresCase: existsSync(path.join(folder, 'A')),
      takesUnicode: canWrite(path.join(folder, 'ä')),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Windows lets not everybody make links, and Wine says that it has made them. */
function canLink(target: string, link: string): boolean {
  try {
    symlinkSync(target, link)
    return lstatSync(link).isSymbolicLink()
  } catch {
    return false
  }
}

/** Wine has only the names that its locale has. */
function canWrite(file: string): boolean {
  try {
    writeFileSync(file, '')
    return true
  } catch {
    return false
  }
}

/** Concurrent tests that need symbolic links; skipped where none can be made. */
export const withLinks = makesLinks ? test.concurrent : test.concurrent.skip

/** Concurrent tests of names beyond ASCII; skipped where files cannot have them. */
export const withUnicode = takesUnicode ? test.concurrent : test.concurrent.skip

/** Concurrent tests of what Windows does not have, like modes and FIFOs; skipped there. */
export const onPosix = ON_WINDOWS ? test.concurrent.skip : test.concurrent

/** Concurrent tests of what only Windows has, like drives; skipped elsewhere. */
export const onWindows = ON_WINDOWS ? test.concurrent : test.concurrent.skip

/** These, where links can be made. */
export function whereLinks<T>(given: readonly T[]): readonly T[] {
  return makesLinks ? given : []
}

/** The names that files can have here, all of them at once. */
export function namesHere(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => {
    const folded = ignoresCase ? name.toLowerCase() : name
    if (seen.has(folded) || !isNameHere(name)) return false
    seen.add(folded)
    return true
  })
}

/** Windows reserves some characters and the names of devices, and drops dots and spaces at the end. */
function isNameHere(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is reserved
  const isReserved = /[<>:"|?*\\\u0000-\u001f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (!takesUnicode && !/^[\u0000-\u007f]*$/.test(name)) return false
  return !ON_WINDOWS || !name.split('/').some((part) => isReserved.test(part))
}
