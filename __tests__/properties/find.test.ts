import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { create } from '@actions/glob'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Entry } from '../../src/desired/files/entry.ts'
import { find } from '../../src/desired/files/find.ts'
import { openRoot } from '../../src/desired/files/root.ts'
import { searchOf } from '../../src/desired/files/search.ts'
import { parseFilePatterns } from '../../src/inputs/file-patterns.ts'
import { casesOf } from './cases.ts'

/** `@actions/glob` is what users know the syntax from: what it finds for each line alone is what the one walk has to find. */
const TREES = casesOf({ some: 600, all: 2_500 })

/** As the toolkit tells what a pattern matches. */
const FILE = 2

const TIMEOUT_MS = 600_000

interface ToolkitPattern {
  readonly searchPath: string
  match(path: string): number
}

const NAMES = ['a', 'b', 'ab', 'B', '.h', 'x.js', 'y.js', '[a]', '!a', '#a', 'a b', '{a,b}', '+(a)', 'src'] as const

const PARTS = [
  ...NAMES,
  ...[
    '*',
    '?',
    '**',
    '**',
    'a*',
    '*.js',
    '[ab]',
    '[!a]',
    '[^B]*',
    '.*',
    '[[]a]',
    '\\a',
    'a?',
    '*b',
    '[a-z]*',
    '??',
    '[x',
    '***',
  ],
] as const

interface Link {
  readonly at: readonly string[]
  readonly to: readonly string[]
}

interface Situation {
  readonly files: readonly (readonly string[])[]
  readonly links: readonly Link[]
  readonly includes: readonly string[]
  readonly excludes: readonly string[]
}

const place = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })

const pattern = fc
  .tuple(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 }), fc.constantFrom('', '', '', '/'))
  // A line that starts so is an exclude or a comment; in front of a pattern that is meant, there is `./`.
  .map(([parts, end]) => `./${parts.join('/')}${end}`)

const situation: fc.Arbitrary<Situation> = fc.record({
  files: fc.array(place, { minLength: 1, maxLength: 10 }),
  links: fc.array(fc.record({ at: place, to: fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }) }), {
    maxLength: 3,
  }),
  includes: fc.array(pattern, { minLength: 1, maxLength: 4 }),
  excludes: fc.array(pattern, { maxLength: 2 }),
})

/** Thousands of trees are made and removed: in memory where there is such a disk. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const base = realpathSync(mkdtempSync(path.join(PLACE, 'session-mount-find-')))
let made = 0

const stdout = process.stdout.write

beforeAll(() => {
  // The toolkit prints ten lines for each pattern.
  process.stdout.write = ((...given: Parameters<typeof stdout>) =>
    String(given[0]).startsWith('::debug::') || stdout.apply(process.stdout, given)) as typeof stdout
})

afterAll(() => {
  process.stdout.write = stdout
  rmSync(base, { recursive: true })
})

/** Writes what of a tree fits together: a file does not stand where a folder is. */
function write({ files, links }: Situation): string {
  const root = path.join(base, String(made++))
  mkdirSync(root)
  for (const file of files) attempt(path.join(root, ...file), (at) => writeFileSync(at, '', { flag: 'wx' }))
  for (const { at, to } of links) {
    attempt(path.join(root, ...at), (link) =>
      symlinkSync(path.relative(path.dirname(link), path.join(root, ...to)) || '.', link),
    )
  }
  return root
}

function attempt(at: string, make: (at: string) => void): void {
  try {
    mkdirSync(path.dirname(at), { recursive: true })
    // Through a link, a file would land somewhere else.
    if (realpathSync(path.dirname(at)) === path.dirname(at)) make(at)
  } catch {
    // Something else stands there, or in the way.
  }
}

const escapeGlob = (text: string): string => text.replaceAll('\\', '\\\\').replace(/[[?*]/g, '[$&]')

/** A line stands for its pattern, and for what has exactly its name. */
async function readingsOf(root: string, line: string): Promise<readonly ToolkitPattern[]> {
  const text = line.replace(/^\.\//, '')
  return Promise.all([text, escapeGlob(text)].map((each) => compile(`${escapeGlob(root)}/${each}`)))
}

async function compile(text: string): Promise<ToolkitPattern> {
  const globber = (await create(text)) as unknown as { readonly patterns: readonly ToolkitPattern[] }
  const [compiled] = globber.patterns
  if (compiled === undefined) throw new Error(`${text} is no pattern`)
  return compiled
}

/** What the toolkit finds for one line; undefined where it fails, as on `file/x`. */
async function reference(root: string, line: string, follow: boolean): Promise<readonly string[] | undefined> {
  const text = line.replace(/^\.\//, '')
  const found = new Set<string>()
  for (const each of [text, escapeGlob(text)]) {
    const absolute = `${escapeGlob(root)}/${each}`
    const { searchPath } = await compile(absolute)
    const paths = await globbed(root, absolute, searchPath, follow)
    if (paths === undefined) return undefined
    for (const one of paths) found.add(one)
  }
  return [...found]
}

async function globbed(root: string, absolute: string, searchPath: string, follow: boolean) {
  const options = { followSymbolicLinks: follow, matchDirectories: false, excludeHiddenFiles: false }
  try {
    if (follow || !isLinkToFolder(searchPath)) return await (await create(absolute, options)).glob()
    // The toolkit takes a link that a line names for a file; here it is the folder that it leads to.
    const real = realpathSync(searchPath)
    const depth = searchPath.slice(root.length).split('/').length - 1
    const rest = absolute
      .slice(escapeGlob(root).length)
      .split('/')
      .slice(depth + 1)
    const moved = [escapeGlob(real), ...rest].join('/')
    return (await (await create(moved, options)).glob()).map((one) => searchPath + one.slice(real.length))
  } catch {
    return undefined
  }
}

function isLinkToFolder(at: string): boolean {
  const link = lstatSync(at, { throwIfNoEntry: false })
  return link?.isSymbolicLink() === true && statSync(at, { throwIfNoEntry: false })?.isDirectory() === true
}

/** The pattern matches a path, or a folder above it. */
function covers(patterns: readonly ToolkitPattern[], root: string, absolute: string): boolean {
  const above: string[] = []
  for (let at = path.dirname(absolute); at.length >= root.length; at = path.dirname(at)) above.push(at)
  return patterns.some(
    (each) => (each.match(absolute) & FILE) !== 0 || above.some((folder) => each.match(folder) !== 0),
  )
}

async function search(
  root: string,
  { includes, excludes }: Situation,
  followSymbolicLinks: boolean,
): Promise<readonly Entry[]> {
  const lines = [...includes, ...excludes.map((exclude) => `!${exclude}`)].join('\n')
  const patterns = parseFilePatterns(lines, (problem) => {
    throw new Error(problem)
  })
  const request = {
    ...({
      patterns,
      listFile: undefined,
      root,
      mountPath: '/',
      ifNoFilesFound: 'warn',
      includeHiddenFiles: true,
    } as const),
    ...({ followSymbolicLinks, allowSensitiveFiles: [], archive: 'never' } as const),
  }
  const { search: what } = searchOf(request, await openRoot(root))
  return (await find(what, new AbortController().signal)).entries
}

const foundBy = (entries: readonly Entry[], line: string): readonly Entry[] =>
  entries.filter(({ hits }) => hits.some((hit) => hit.line.text === line))

test(
  'one walk finds for each line what the toolkit finds for it alone',
  async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(situation, async (given) => {
        const root = write(given)
        const entries = await search(root, given, false)
        const excludes = (await Promise.all(given.excludes.map((line) => readingsOf(root, line)))).flat()
        for (const line of new Set(given.includes)) {
          const expected = await reference(root, line, false)
          if (expected === undefined) continue
          const readings = await readingsOf(root, line)
          const found = foundBy(entries, line)
            // A link that a line leads through is told of, too, where it leads nowhere.
            .filter(({ kind, path: name }) => kind !== 'broken-link' || covers(readings, root, path.join(root, name)))
            .map(({ path: name }) => path.join(root, name))
          expect(found.sort()).toEqual(expected.filter((each) => !covers(excludes, root, each)).sort())
          compared++
        }
        rmSync(root, { recursive: true })
      }),
      { numRuns: TREES, seed: 27 },
    )
    expect(compared).toBeGreaterThan(TREES)
  },
  TIMEOUT_MS,
)

test(
  'with links followed, each real file that the toolkit finds is found once, by a path that the line matches',
  async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (given) => {
        const root = write(given)
        const entries = await search(root, given, true)
        const excludes = (await Promise.all(given.excludes.map((line) => readingsOf(root, line)))).flat()
        for (const line of new Set(given.includes)) {
          const readings = await readingsOf(root, line)
          const files = foundBy(entries, line).flatMap((entry) => (entry.kind === 'file' ? [entry] : []))
          for (const { path: name, realPath } of files) {
            const absolute = path.join(root, name)
            expect([name, realpathSync(absolute)]).toEqual([name, realPath])
            expect([name, covers(readings, root, absolute), covers(excludes, root, absolute)]).toEqual([
              name,
              true,
              false,
            ])
          }
          const expected = (await reference(root, line, true))?.filter((each) => !covers(excludes, root, each)) ?? []
          const real = new Set(files.map(({ realPath }) => realPath))
          expect(expected.filter((each) => !real.has(realpathSync(each)))).toEqual([])
        }
        rmSync(root, { recursive: true })
      }),
      { numRuns: casesOf({ some: 250, all: 1_000 }), seed: 28 },
    )
  },
  TIMEOUT_MS,
)
