import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { GitDatabase, type PullRequest, REPOSITORY } from '../harness/git-database.ts'
import { runLocalAction } from '../harness/local-action.ts'
import { whereLinks } from '../harness/system.ts'
import { Workspace } from '../harness/workspace.ts'

const HEAD = 'deb0'.repeat(10)
const BRANCH = 'dependabot/npm_and_yarn/undici-8.13.0'
const REF = `refs/heads/${BRANCH}`

const PULL: PullRequest = {
  number: 12,
  user: { login: 'dependabot[bot]', id: 49699333 },
  head: { ref: BRANCH, sha: HEAD, repo: { full_name: REPOSITORY } },
  base: { ref: 'main', repo: { default_branch: 'main' } },
}

const HELD = {
  'package.json': '{}',
  'src/mount.ts': '//',
  'dist/mount/index.js': 'old',
  'dist/mount/118.index.js': 'chunk',
  'dist/mount/licenses.txt': 'MIT',
  'dist/mount/built-from.json': '{}',
  'dist/unmount/index.js': 'old',
}

/** What was built, below `dist`. */
const BUILT = {
  'mount/index.js': 'new',
  'mount/7.index.js': 'chunk of another number',
  'mount/licenses.txt': 'MIT',
  'mount/built-from.json': '{}',
  'unmount/index.js': 'old',
}

interface Update {
  readonly built?: Readonly<Record<string, string>>
  readonly pulls?: readonly PullRequest[]
  readonly changedFiles?: readonly string[]
  /** Done to the folder of what was built. */
  readonly tamper?: (folder: string) => void
}

async function commit({ built = BUILT, pulls = [PULL], changedFiles = ['package-lock.json'], tamper }: Update = {}) {
  await using database = await GitDatabase.start()
  using workspace = new Workspace()
  workspace.write(built)
  tamper?.(workspace.root)
  database.addCommit(HEAD, { parents: [], files: HELD })
  database.refs.set(REF, HEAD)
  Object.assign(database, { pulls, changedFiles })
  const inputs = { folder: workspace.root, branch: BRANCH, sha: HEAD }
  const result = await runLocalAction('commit-dist', database, { inputs })
  return { ...result, writes: database.writes, tip: database.commits.get(database.refs.get(REF) ?? '') }
}

test.concurrent('what was built is one commit on top of the pull request, with nothing else changed', async () => {
  const { exitCode, stdout, stderr, tip } = await commit()
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^committed 2 changed and 1 removed files as [0-9a-f]{40}\n$/)
  const { 'dist/mount/118.index.js': _, ...kept } = HELD
  expect(tip).toEqual({
    parents: [HEAD],
    files: { ...kept, 'dist/mount/index.js': 'new', 'dist/mount/7.index.js': 'chunk of another number' },
  })
})

test.concurrent('nothing is committed when dist is current', async () => {
  const built = {
    'mount/index.js': 'old',
    'mount/118.index.js': 'chunk',
    'mount/licenses.txt': 'MIT',
    'mount/built-from.json': '{}',
    'unmount/index.js': 'old',
  }
  expect(await commit({ built })).toMatchObject({ exitCode: 0, stdout: 'dist is current\n', writes: [] })
})

const somebody = { login: 'mallory', id: 1 }
const refused: readonly (readonly [string, Update, RegExp])[] = [
  ['of somebody else', { pulls: [{ ...PULL, user: somebody }] }, /#12 is not Dependabot's/],
  ['of somebody of the same name', { pulls: [{ ...PULL, user: { ...PULL.user, id: 1 } }] }, /is not Dependabot's/],
  ['that is closed', { pulls: [] }, /has not one open pull request/],
  ['that has a twin', { pulls: [PULL, { ...PULL, number: 13 }] }, /has not one open pull request/],
  [
    'from a fork',
    { pulls: [{ ...PULL, head: { ...PULL.head, repo: { full_name: 'mallory/session-mount' } } }] },
    /comes from another repository/,
  ],
  ['from a fork that is gone', { pulls: [{ ...PULL, head: { ...PULL.head, repo: null } }] }, /another repository/],
  ['for another branch', { pulls: [{ ...PULL, base: { ...PULL.base, ref: 'v1' } }] }, /is not for main/],
  [
    'that has moved on',
    { pulls: [{ ...PULL, head: { ...PULL.head, sha: 'f00d'.repeat(10) } }] },
    /has moved on to f00d/,
  ],
  ['that changes more', { changedFiles: ['package.json', '.github/workflows/ci.yml'] }, /changes more than packages/],
  [
    'that changes a file beside the bundles',
    { changedFiles: ['dist/mount/run.sh'] },
    /changes more than packages: "dist/,
  ],
]

test.concurrent.each(refused)('a pull request %s is left alone', async (_, update, message) => {
  const { exitCode, stdout, writes } = await commit(update)
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] })
  expect(stdout).toMatch(/^::error::/)
  expect(stdout).toMatch(message)
})

const tampered: readonly (readonly [string, Update, RegExp])[] = [
  ['a file beside the bundles', { built: { ...BUILT, 'mount/run.sh': 'x' } }, /"dist\/mount\/run.sh" is not a file of/],
  ['a file of an action that is not there', { built: { ...BUILT, 'other/index.js': 'x' } }, /"dist\/other\/index.js"/],
  ['a file outside all folders', { built: { ...BUILT, 'index.js': 'x' } }, /"dist\/index.js"/],
  ['a file in a deeper folder', { built: { ...BUILT, 'mount/a/index.js': 'x' } }, /"dist\/mount\/a\/index.js"/],
  ['no bundle of an action', { built: { 'mount/index.js': 'x' } }, /dist\/unmount\/index.js is missing/],
  ...whereLinks([
    [
      'a link',
      {
        built: { 'unmount/index.js': 'x' },
        tamper: (folder: string) => {
          mkdirSync(path.join(folder, 'mount'))
          symlinkSync('/etc/hostname', path.join(folder, 'mount', 'index.js'))
        },
      },
      /"dist\/mount\/index.js" is neither a file nor a folder/,
    ] as const,
  ]),
  [
    'too much',
    { tamper: (folder) => truncateSync(path.join(folder, 'mount', 'index.js'), 60_000_000) },
    /5 files of 600000\d\d bytes are too much/,
  ],
]

test.concurrent.each(tampered)('%s in what was built is refused', async (_, update, message) => {
  const { exitCode, stdout, writes } = await commit(update)
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] })
  expect(stdout).toMatch(message)
})
