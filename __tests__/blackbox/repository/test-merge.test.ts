import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/text/json.ts'
import { GitFolder, type PullRequestFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

const APP = 'https://github.com/octo-org/app'
const HERE = { repository: '.' }

// One after another: git holds up this process, and with it the GitHub that is in it.

/** A pull request whose test merge was made again for a newer head, after the event was sent. */
function moved(on: GitHubScene): { readonly folder: PullRequestFolder; readonly newer: string } {
  const folder = GitFolder.pullRequest(APP, on.scene.workspace.root)
  folder.git('checkout', '--quiet', 'patch')
  const pushed = folder.commit('newer')
  folder.git('checkout', '--quiet', 'main')
  const newer = folder.testMerge(pushed)
  on.publish(folder.history(), { main: folder.git('rev-parse', 'main'), patch: pushed })
  return { folder, newer }
}

function envOf(on: GitHubScene, folder: PullRequestFolder): Readonly<Record<string, string>> {
  const withHead = (event: JsonObject): JsonObject => {
    const pullRequest = event.pull_request as { readonly head: object }
    return { ...event, pull_request: { ...pullRequest, head: { ...pullRequest.head, sha: folder.tip } } }
  }
  return { ...on.env('pull-request', withHead), GITHUB_SHA: folder.merge }
}

test.each(['loose', 'packed'])(
  'the merge of a newer head (%s) is not mounted, the head of the event is',
  async (how) => {
    await using on = await GitHubScene.open()
    const { folder, newer } = moved(on)
    if (how === 'packed') folder.git('gc', '--quiet', '--prune=now')
    const main = await on.main(HERE, 'pull-request', envOf(on, folder))
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    expect(on.created()).toEqual([expect.objectContaining({ checkout: { type: 'commit', sha: folder.tip } })])
    const [warning, ...others] = annotations(main, 'warning')
    expect(others).toEqual([])
    expect(warning).toContain(`is ${newer.slice(0, 7)}, the test merge of another head than that of pull_request #42`)
    expect(warning).toContain(`so ${folder.tip.slice(0, 7)}, the head of this event, is mounted in its place`)
  },
)

test('whether a packed commit is a test merge is not guessed while GitHub is down', async () => {
  await using on = await GitHubScene.open({ status: 'down' })
  const { folder } = moved(on)
  folder.git('gc', '--quiet', '--prune=now')
  const main = await on.main(HERE, 'pull-request', envOf(on, folder))
  expect(errorOf(main)).toMatch(/^repository "\.": whether HEAD \w{7} is only a test merge cannot be told/)
  expect(on.scene.emulator.journal()).toEqual([])
})

test('a packed commit that GitHub does not have is said to be missing, not taken for a test merge', async () => {
  await using on = await GitHubScene.open()
  const { folder } = moved(on)
  const made = folder.commit('made by the job')
  folder.git('gc', '--quiet', '--prune=now')
  const main = await on.main(HERE, 'pull-request', envOf(on, folder))
  expect(errorOf(main)).toMatch(new RegExp(`^commit ${made} was not found in octo-org/app on GitHub: was it pushed`))
  expect(on.scene.emulator.journal()).toEqual([])
})

test('on other events, a test merge is refused', async () => {
  await using on = await GitHubScene.open()
  moved(on)
  const main = await on.main(HERE, 'push')
  expect(errorOf(main)).toMatch(/^repository "\.": HEAD \w{7} is the merge that GitHub made to test a pull request\./)
  expect(on.scene.emulator.journal()).toEqual([])
})

test('nor is a test merge mounted by its SHA', async () => {
  await using on = await GitHubScene.open()
  const { folder, newer } = moved(on)
  for (const inputs of [{ ref: newer }, { ref: folder.merge }]) {
    const main = await on.main({ repository: 'octo-org/app', ...inputs }, 'pull-request', envOf(on, folder))
    expect(errorOf(main)).toMatch(
      /^commit \w{7} is the merge that GitHub made to test a pull request\..*leave `ref` out/,
    )
  }
  expect(on.scene.emulator.journal()).toEqual([])
})

test('a merge that somebody made is a commit like others', async () => {
  await using on = await GitHubScene.open()
  const folder = GitFolder.pullRequest(APP, on.scene.workspace.root)
  folder.git('checkout', '--quiet', 'main')
  folder.git('merge', '--quiet', '--no-ff', '-m', "Merge branch 'patch'", 'patch')
  on.publish(folder.history(), { main: folder.head() })
  const main = await on.main(HERE, 'pull-request', on.env('pull-request'))
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([expect.objectContaining({ checkout: { type: 'commit', sha: folder.head() } })])
})

test("a commit of the job's own on top of the head is refused as not pushed; pushed, it is mounted, not the event's head", async () => {
  await using on = await GitHubScene.open()
  const { folder } = moved(on)
  folder.git('checkout', '--quiet', folder.tip)
  const own = folder.commit('own')
  const refused = await on.main(HERE, 'pull-request', envOf(on, folder))
  expect(errorOf(refused)).toContain(`commit ${own} was not found in octo-org/app on GitHub: was it pushed`)
  on.publish(folder.history(), { main: folder.git('rev-parse', 'main'), patch: own })
  const main = await on.main(HERE, 'pull-request', envOf(on, folder))
  expect(annotations(main, 'error')).toEqual([])
  expect(on.created()).toEqual([expect.objectContaining({ checkout: { type: 'commit', sha: own } })])
})
