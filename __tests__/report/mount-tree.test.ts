import { describe, expect, test } from '@jest/globals'
import { mountTree } from '../../src/report/mount-tree.ts'

type MountedFiles = Parameters<typeof mountTree>[0]
type Change = MountedFiles[number]['change']

function filesAt(paths: readonly string[], change: Change = 'added'): MountedFiles {
  return paths.map((path) => {
    return { containerPath: path, change, file: { path: path.slice(1), size: 1000 } } as MountedFiles[number]
  })
}

const named = (count: number, folder: string) => Array.from({ length: count }, (_, index) => `/${folder}/${index}.csv`)
const ROOM = 100_000

describe('the tree of what is mounted', () => {
  test('up to 12 files are all to be seen at once; of more, those of the first folder', () => {
    const open = (count: number) => {
      const tree = mountTree(filesAt([...named(count - 1, 'data/in'), '/b.csv']), ROOM)
      return [...tree.matchAll(/<details( open)?>/g)].map(([, isOpen]) => isOpen !== undefined)
    }
    expect(open(12)).toEqual([true, true])
    expect(open(13)).toEqual([true, false])
  })

  test('a folder tells how many of its files are new, unless all are', () => {
    const all = [
      ...filesAt(named(3, 'a')),
      ...filesAt(named(2, 'b'), 'replaced'),
      ...filesAt(['/b/c.csv'], 'unchanged'),
    ]
    const heads = [...mountTree(all, ROOM).matchAll(/<summary>📁 <code>(.*?)<\/code> (.*?)<\/summary>/g)]
    expect(heads.map(([, name, amount]) => `${name} ${amount}`)).toEqual([
      '/ 6 files, 6.0 KB 🟩 3 🟨 2',
      'a/ 3 files, 3.0 KB',
      'b/ 3 files, 3.0 KB 🟨 2',
    ])
  })

  test('what there is no room for is counted', () => {
    const files = filesAt([...named(20, 'a'), ...named(20, 'b')])
    for (const room of [50, 400, 1000, 1500]) {
      const tree = mountTree(files, room)
      const shown = tree.match(/\.csv<\/code>/g)?.length ?? 0
      expect(tree).toContain(`<p>… and ${40 - shown} more; <code>manifest-path</code> has them all.</p>`)
      expect(Buffer.byteLength(tree)).toBeLessThan(room + 80)
    }
  })
})
