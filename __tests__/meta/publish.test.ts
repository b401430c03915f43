import { expect, test } from '@jest/globals'
import { GitDatabase } from '../harness/git-database.ts'
import { runLocalAction } from '../harness/local-action.ts'
import { Workspace } from '../harness/workspace.ts'

const [OLD, TESTED, NEWER, ELSEWHERE] = ['01d0', 'c0de', 'feed', 'f04c'].map((word) => word.repeat(10)) as [
  string,
  string,
  string,
  string,
]

interface Attempt {
  readonly tags?: Readonly<Record<string, string>>
  readonly annotated?: Readonly<Record<string, string>>
  readonly releases?: readonly string[]
  readonly version?: string
  readonly ref?: string
  readonly failing?: string
}

async function publish({ tags = {}, version = 'v1.4.0', ref = 'refs/heads/main', ...given }: Attempt = {}) {
  await using database = await GitDatabase.start()
  using workspace = new Workspace()
  workspace.write({ 'package.json': '{"version": "1.4.0"}' })
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [OLD, []],
    [TESTED, [OLD]],
    [NEWER, [TESTED]],
    [ELSEWHERE, [OLD]],
  ]
  for (const [sha, parents] of lines) database.addCommit(sha, { parents, files: {} })
  for (const [name, sha] of Object.entries(tags)) database.refs.set(`refs/tags/${name}`, sha)
  for (const [object, sha] of Object.entries(given.annotated ?? {})) database.annotatedTags.set(object, sha)
  database.releases.push(...(given.releases ?? []))
  database.failing = given.failing
  const env = { GITHUB_SHA: TESTED, GITHUB_REF: ref }
  const result = await runLocalAction('publish', database, { inputs: { version }, env, cwd: workspace.root })
  return { ...result, writes: database.writes, tags: Object.fromEntries(database.refs), releases: database.releases }
}

test.concurrent('the commit is tagged, then released, and then the major tag moves in one update', async () => {
  expect(await publish({ tags: { 'v1.3.0': OLD, v1: OLD } })).toEqual({
    ...{ exitCode: 0, stderr: '', stdout: `v1.4.0 and v1 are ${TESTED}\n`, releases: ['v1.4.0'] },
    writes: ['POST git/refs', 'POST releases', 'PATCH git/refs/tags/v1'],
    tags: { 'refs/tags/v1.3.0': OLD, 'refs/tags/v1.4.0': TESTED, 'refs/tags/v1': TESTED },
  })
})

test.concurrent('the first release of a major version makes its tag', async () => {
  const { exitCode, tags } = await publish()
  expect({ exitCode, tags }).toEqual({
    exitCode: 0,
    tags: { 'refs/tags/v1.4.0': TESTED, 'refs/tags/v1': TESTED },
  })
})

test.concurrent('a second attempt does what the first could not', async () => {
  const first = await publish({ tags: { v1: OLD }, failing: 'releases' })
  expect(first).toMatchObject({ exitCode: 1, tags: { 'refs/tags/v1.4.0': TESTED, 'refs/tags/v1': OLD } })
  const second = await publish({ tags: { v1: OLD, 'v1.4.0': TESTED } })
  expect(second).toMatchObject({ exitCode: 0, releases: ['v1.4.0'], tags: { 'refs/tags/v1': TESTED } })
  const third = await publish({ tags: { v1: TESTED, 'v1.4.0': TESTED }, releases: ['v1.4.0'] })
  expect(third).toMatchObject({ exitCode: 0, releases: ['v1.4.0'], tags: { 'refs/tags/v1': TESTED } })
})

const object = 'ab1e'.repeat(10)
const refused: readonly (readonly [string, Attempt, RegExp])[] = [
  ['a version that is not one', { version: 'v1.4' }, /not a version like v1\.2\.3: "v1\.4"/],
  ['a version of another package.json', { version: 'v1.5.0' }, /package\.json says that this is 1\.4\.0, not v1\.5\.0/],
  ['another branch', { ref: 'refs/heads/feature' }, /releases are made from main, not from refs\/heads\/feature/],
  ['a version that is another commit', { tags: { 'v1.4.0': OLD } }, /v1\.4\.0 is there already, at 01d0/],
  ['one whose tag has an object', { tags: { 'v1.4.0': object }, annotated: { [object]: OLD } }, /already, at 01d0/],
  ['a commit behind the major tag', { tags: { v1: NEWER } }, /is behind of v1, which is at feed/],
  ['a commit beside the major tag', { tags: { v1: ELSEWHERE } }, /is diverged of v1/],
]

test.concurrent.each(refused)('%s is refused before anything is written', async (_, attempt, message) => {
  const { exitCode, stdout, writes } = await publish(attempt)
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] })
  expect(stdout).toMatch(message)
})
