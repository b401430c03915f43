import { afterAll, expect, test } from '@jest/globals'
import { EVENTS } from '../../../src/desired/untrusted/events.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { errorOf } from '../../harness/annotation.ts'

const APP = 'https://github.com/octo-org/app'

const folder = GitFolder.pullRequest(APP)
const history = folder.history()
const base = folder.git('rev-parse', 'main')
afterAll(() => folder[Symbol.dispose]())

const fork = { number: 7, head: { sha: folder.tip, ref: 'patch', repo: { full_name: 'mallory/app' } } }
const pullRequest = { ...fork, base: { ref: 'main', repo: { full_name: 'octo-org/app' } } }
const run = { event: 'pull_request', head_sha: folder.tip, head_branch: 'patch', head_repository: fork.head.repo }

/** What every event could carry of a fork's pull request. */
const PAYLOAD = { repository: { full_name: 'octo-org/app', default_branch: 'main' } }
const OF_FORK: Readonly<Record<string, object>> = {
  pull_request: { pull_request: pullRequest },
  pull_request_review: { pull_request: pullRequest },
  pull_request_review_comment: { pull_request: pullRequest },
  pull_request_target: { pull_request: pullRequest },
  workflow_run: { workflow_run: run },
  issue_comment: { issue: { number: 7, pull_request: {} } },
  check_run: { check_run: { head_sha: folder.tip, check_suite: { head_branch: null } } },
  check_suite: { check_suite: { head_sha: folder.tip, head_branch: 'main' } },
  status: { sha: folder.tip, branches: [] },
  some_later_event: {},
}

const REFUSED = [
  'check_run',
  'check_suite',
  'issue_comment',
  'pull_request_target',
  'some_later_event',
  'status',
  'workflow_run',
]

test.concurrent.each([...Object.keys(EVENTS), 'some_later_event'])(
  "%s, with a fork's commit checked out: as the table says, and the base in any case",
  async (name) => {
    await using on = await GitHubScene.open()
    on.publish(history, { main: base })
    const here = await folder.copyTo(on.scene.workspace.root)
    const event = on.env('push', () => ({ ...PAYLOAD, ...OF_FORK[name] }))
    const env = { ...event, GITHUB_EVENT_NAME: name, GITHUB_SHA: base, GITHUB_REF: 'refs/heads/main' }
    const inputs = { files: 'first.txt' }
    here.pointTo(folder.tip)
    const main = await on.main(inputs, 'push', env)
    expect(main).toMatchObject({ exitCode: REFUSED.includes(name) ? 1 : 0, stderr: '' })
    if (REFUSED.includes(name)) expect(errorOf(main)).toContain('does not have it on main of octo-org/app')
    here.pointTo(base)
    expect(await on.main(inputs, 'push', env)).toMatchObject({ exitCode: 0, stderr: '' })
  },
)
