import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { sha256 } from '../../harness/workspace.ts'

const TREE = {
  'a.csv': '1',
  'data/x.csv': '2',
  'data/y.csv': '3',
  'data/deep/z.csv': '4',
  'data/[odd].csv': '5',
  'data/o.csv': '6',
  '.toolrc': '7',
  'data/.hidden.csv': '8',
  '.github/data.json': '9',
  '.github/.cache/b.json': '10',
  'app/[id]/page.tsx': '11',
} as const

const identity = (content: string): string => `${content.length} ${sha256(content)}`

/** `files`, and what it mounts: mount path → file. */
const CASES: readonly (readonly [string, string, Readonly<Record<string, keyof typeof TREE>>, object?])[] = [
  ['a name', 'a.csv', { '/a.csv': 'a.csv' }],
  ['a star stays in its folder', '*.csv', { '/a.csv': 'a.csv' }],
  ['two stars descend', '**/z.csv', { '/data/deep/z.csv': 'data/deep/z.csv' }],
  [
    'a question mark is one character',
    'data/?.csv\n!data/o.csv',
    { '/data/x.csv': 'data/x.csv', '/data/y.csv': 'data/y.csv' },
  ],
  ['brackets are a set', 'data/[xy].csv', { '/data/x.csv': 'data/x.csv', '/data/y.csv': 'data/y.csv' }],
  ['escaped brackets are themselves', 'data/[[]odd].csv', { '/data/[odd].csv': 'data/[odd].csv' }],
  [
    'a folder stands for all below it that is not hidden',
    'data\n!data/[xyo].csv\n!data/[[]*',
    { '/data/deep/z.csv': 'data/deep/z.csv' },
  ],
  [
    'excludes hold in front of what they exclude, too',
    '!data/y.csv\n!data/o.csv\ndata/?.csv',
    { '/data/x.csv': 'data/x.csv' },
  ],
  ['an excluded folder', '**/*.csv\n!data', { '/a.csv': 'a.csv' }],
  ['a mapped file', 'data/x.csv => /data.csv', { '/data.csv': 'data/x.csv' }],
  ['a mapped file into a folder', 'data/x.csv => /in/', { '/in/x.csv': 'data/x.csv' }],
  [
    'a mapped pattern keeps what lies below its first wildcard',
    'data/**/[xz].csv => /in/',
    { '/in/x.csv': 'data/x.csv', '/in/deep/z.csv': 'data/deep/z.csv' },
  ],
  [
    'a mapping goes before the default',
    'data/*.csv\ndata/x.csv => /first.csv\n!data/[yo].csv\n!data/[[]*',
    { '/first.csv': 'data/x.csv' },
  ],
  ['one file at two places by wildcards', '?.csv => /1/\n*.csv => /2/', { '/1/a.csv': 'a.csv', '/2/a.csv': 'a.csv' }],
  ['one file at two places', 'a.csv => /1.csv\na.csv => /2.csv', { '/1.csv': 'a.csv', '/2.csv': 'a.csv' }],
  ['comments and blank lines', '# nightly\n\n  a.csv  \n', { '/a.csv': 'a.csv' }],
  ['CRLF', 'a.csv\r\ndata/x.csv\r\n', { '/a.csv': 'a.csv', '/data/x.csv': 'data/x.csv' }],
  ['./ in front', './data/x.csv', { '/data/x.csv': 'data/x.csv' }],
  ['a mapping to the uploads root is not nested', 'a.csv => /mnt/session/uploads/in/a.csv', { '/in/a.csv': 'a.csv' }],
  ['a hidden file that is named', '.toolrc', { '/.toolrc': '.toolrc' }],
  ['a hidden folder that is spelled out', '.github/*.json', { '/.github/data.json': '.github/data.json' }],
  ['the same with two stars leaves deeper hidden folders', '.github/**', { '/.github/data.json': '.github/data.json' }],
  [
    'hidden files when asked for',
    '**/*.json',
    { '/.github/data.json': '.github/data.json', '/.github/.cache/b.json': '.github/.cache/b.json' },
    { 'include-hidden-files': 'true' },
  ],
  ['below a mount path', 'data/x.csv', { '/in/put/data/x.csv': 'data/x.csv' }, { 'mount-path': '/in//put/' }],
  ['below another root', 'x.csv', { '/x.csv': 'data/x.csv' }, { root: 'data' }],
  ['an absolute pattern inside the root', '$ROOT/data/x.csv', { '/data/x.csv': 'data/x.csv' }],
  ['an absolute exclude inside the root', 'data/?.csv\n!$ROOT/data/[oy].csv', { '/data/x.csv': 'data/x.csv' }],
  ['an absolute pattern with a mapping', '$ROOT/data/x* => /in/', { '/in/x.csv': 'data/x.csv' }],
  [
    'the same below another root than the working directory',
    '$ROOT/data/deep/*.csv => /in/',
    { '/in/z.csv': 'data/deep/z.csv' },
    { root: 'data' },
  ],
  [
    'an absolute name below another root',
    '$ROOT/data/deep/z.csv => /in/',
    { '/in/z.csv': 'data/deep/z.csv' },
    { root: 'data' },
  ],
  ['a dot is all below the root', '.\n!data\n!app', { '/a.csv': 'a.csv' }],
  ['so are two', './.\n!data\n!app', { '/a.csv': 'a.csv' }],
  ['a dot at the end is all below the folder', 'data/deep/.', { '/data/deep/z.csv': 'data/deep/z.csv' }],
  ['its mapping begins there', 'data/deep/. => /in/', { '/in/z.csv': 'data/deep/z.csv' }],
  ['dots on the way', './data/./x.csv', { '/data/x.csv': 'data/x.csv' }],
  ['a dot as an exclude', '**/*.csv\n!./data/.\n!data/[x]', { '/a.csv': 'a.csv' }],
  [
    'a name that is also a pattern',
    'data/[odd].csv',
    { '/data/[odd].csv': 'data/[odd].csv', '/data/o.csv': 'data/o.csv' },
  ],
  ['an exact name with a mapping', 'data/[odd].csv => /in/\n!data/o.csv', { '/in/[odd].csv': 'data/[odd].csv' }],
  [
    'an exclude that is an exact name',
    'data/[[oxy]*\n!data/[odd].csv',
    { '/data/x.csv': 'data/x.csv', '/data/y.csv': 'data/y.csv' },
  ],
  ['a folder of which the name looks like a set', 'app/[id]', { '/app/[id]/page.tsx': 'app/[id]/page.tsx' }],
  ['a file in it', 'app/[id]/page.tsx => /in/', { '/in/page.tsx': 'app/[id]/page.tsx' }],
  ['all that is in it', 'app/[[]id]/*.tsx => /in/', { '/in/page.tsx': 'app/[id]/page.tsx' }],
  [
    'a JSON array is literal',
    '["data/[odd].csv", "./a.csv"]',
    { '/data/[odd].csv': 'data/[odd].csv', '/a.csv': 'a.csv' },
  ],
]

test.concurrent.each(CASES)('%s', async (_, files, expected, more = {}) => {
  await using scene = await Scene.open()
  scene.workspace.write(TREE)
  const main = await scene.main({ files: files.replaceAll('$ROOT', scene.workspace.root), ...more })
  expect(annotations(main, 'error')).toEqual([])
  const [session] = scene.sessions()
  const mounted = Object.entries(scene.mounted(session?.id ?? ''))
  expect(Object.fromEntries(mounted.map(([path, file]) => [path, `${file.size_bytes} ${file.sha256}`]))).toEqual(
    Object.fromEntries(
      Object.entries(expected).map(([path, name]) => [`/mnt/session/uploads${path}`, identity(TREE[name])]),
    ),
  )
})

test.concurrent('hidden files that a wildcard finds are left out, and named', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(TREE)
  const main = await scene.main({ files: '*' })
  expect(main.exitCode).toBe(0)
  const [warning] = annotations(main, 'warning')
  expect(warning).toContain('".toolrc"')
  expect(warning).toContain('include-hidden-files: true')
})

test.concurrent('what a wildcard finds in a hidden folder is hidden, however deep both are', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'data/a.csv': 'a', 'data/in/.cache/deep/b.csv': 'b', '.cache/c.csv': 'c' })
  const main = await scene.main({ files: '**/*.csv' })
  expect(mountedPaths(scene)).toEqual(['/data/a.csv'])
  expect(annotations(main, 'warning').join()).toContain('include-hidden-files')
})
