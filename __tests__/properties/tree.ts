import fc from 'fast-check'
import { type DesiredFile, singleFile } from '../../src/desired/files/desired-file.ts'
import { isSameOrAbove } from '../../src/paths/mount-path.ts'
import { sha256 } from '../harness/workspace.ts'

/** Few names, so that files and folders of two sets often meet. */
const SEGMENT = fc.constantFrom('a', 'b', 'c.txt', 'd.tar.gz', 'é')

/** A mount path up to three levels deep. */
const mountPath: fc.Arbitrary<string> = fc
  .array(SEGMENT, { minLength: 1, maxLength: 3 })
  .map((segments) => `/${segments.join('/')}`)

/** Few contents, so that they are often the same. */
export const content: fc.Arbitrary<string> = fc.constantFrom('', 'x', 'y', 'xy')

/** Values by mount path, of which none stands where another needs a folder. */
export function tree<T>(value: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc.array(fc.tuple(mountPath, value), { maxLength }).map((pairs) => {
    const kept = new Map<string, T>()
    for (const [path, item] of pairs)
      if (![...kept.keys()].some((other) => isInTheWay(other, path))) kept.set(path, item)
    return kept
  })
}

/** Two paths cannot both be files of one session. */
export function isInTheWay(a: string, b: string): boolean {
  return isSameOrAbove(a, b) || isSameOrAbove(b, a)
}

/** A wanted file as it would come from the disk, without a disk. */
export function desiredFile(path: string, text: string): DesiredFile {
  const size = Buffer.byteLength(text)
  const version = { inode: 1n, size: BigInt(size), modifiedNs: 1n }
  const place = { realPath: path, isLink: false, isExecutable: false, mountPath: path, isNamed: true }
  return singleFile({ path: path.slice(1), ...place, version, size, sha256: sha256(text) })
}
