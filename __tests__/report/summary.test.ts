import { expect, test } from '@jest/globals'
import type { MountedRepository } from '../../src/apply/applied.ts'
import { summaryOf } from '../../src/report/summary.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const COMMIT = `<a href="https://github.com/o/r/commit/${SHA}"><code>0123456</code></a>`

test.each([
  ['a commit of a branch', SHA, 'main', `${COMMIT} of <code>main</code>`],
  ['a commit', SHA, undefined, COMMIT],
  ['a branch', undefined, 'main', '<code>main</code>'],
  ['nothing that is known', undefined, undefined, '<code>default branch</code>'],
])('a repository at %s', (_, sha, ref, at) => {
  const repository = {
    repository: { url: 'https://github.com/o/r', sha, ref },
    mountPath: '/r',
    mountedSha: sha,
    isFetched: false,
  } as MountedRepository
  const summary = summaryOf({
    applied: {
      sessionId: undefined,
      sessionCreated: false,
      mounted: [],
      removed: [],
      uploads: [],
      repository,
      opening: undefined,
      replaces: [],
      workspace: undefined,
      failure: undefined,
      winner: undefined,
    },
    warnings: [],
    failure: undefined,
    turn: undefined,
  })
  expect(summary).toContain(
    `<td><a href="https://github.com/o/r"><code>o/r</code></a> at ${at}, mounted at <code>/r</code></td>`,
  )
})
