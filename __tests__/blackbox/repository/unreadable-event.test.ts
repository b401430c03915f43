import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { errorOf } from '../../harness/annotation.ts'

const APP = { repository: 'octo-org/app' }

/** What can be wrong with the file of the event. */
const FILES: Readonly<Record<string, (file: string) => void>> = {
  'that is missing': (file) => rmSync(file),
  'that is empty': (file) => writeFileSync(file, ''),
  'that is cut': (file) => writeFileSync(file, '{"pull_request": {"head":'),
  'that is no object': (file) => writeFileSync(file, '[]'),
  'that says nothing': (file) => writeFileSync(file, '{}'),
  'of another shape': (file) => writeFileSync(file, '{"pull_request": {}, "workflow_run": {}, "issue": 1}'),
}

const EVENTS = ['pull-request', 'pull-request-target-fork', 'workflow-run-fork', 'issue-comment-pull-request']

function broken(on: GitHubScene, event: string, name: string): Readonly<Record<string, string>> {
  const env = on.env(event)
  FILES[name]?.(env.GITHUB_EVENT_PATH ?? '')
  return env
}

test.concurrent.each(EVENTS.flatMap((event) => Object.keys(FILES).map((name) => [event, name] as const)))(
  '%s with an event file %s: no commit is guessed',
  async (event, name) => {
    await using on = await GitHubScene.open()
    const main = await on.main(APP, event, broken(on, event, name))
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(
      /: it is not known which commit it is about, because the file at GITHUB_EVENT_PATH is missing, is not JSON, or has no `[\w.]+`; set `ref`, or `checkout: default`\n/,
    )
    expect(on.scene.emulator.journal()).toEqual([])
  },
)

test.concurrent.each(EVENTS.flatMap((event) => Object.keys(FILES).map((name) => [event, name] as const)))(
  '%s with an event file %s: what `ref` names is mounted, and GitHub is asked',
  async (event, name) => {
    await using on = await GitHubScene.open()
    const main = await on.main({ ...APP, ref: 'main' }, event, broken(on, event, name))
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    expect(main.outputs['checkout-sha']).toBe(sha('ba5e0100'))
  },
)

test.concurrent.each(EVENTS.slice(1))('%s with a broken event file: files need proof', async (event) => {
  await using on = await GitHubScene.open()
  const env = broken(on, event, 'that is cut')
  expect(errorOf(await on.main({ files: 'a.txt' }, event, env))).toContain('"a.txt" is not mounted')
  const folder = GitFolder.pullRequest('https://github.com/octo-org/app', on.scene.workspace.root)
  folder.git('checkout', '--quiet', folder.tip)
  on.publish(folder.history(), { main: folder.git('rev-parse', 'main') })
  expect(errorOf(await on.main({ files: 'patch.txt' }, event, env))).toContain('the files in "." are not mounted')
  expect(on.scene.emulator.journal()).toEqual([])
})

test.concurrent('a push needs no file: GITHUB_SHA says what it is about', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main(APP, 'push', broken(on, 'push', 'that is cut'))
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.outputs['checkout-sha']).toBe(sha('c0de0100'))
})
