import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

const APP = 'https://github.com/octo-org/app'
const NOTICE = 'octo/application is called octo-org/app now, and is mounted by that name'

/** GitHub has `octo-org/app`, which was called `octo/application` once. */
async function open(): Promise<GitHubScene> {
  const on = await GitHubScene.open()
  on.github.addRepository({
    ...{ owner: 'octo-org', name: 'app', defaultBranch: 'main', tags: {}, commits: ['feed4200', 'f04c4700'].map(sha) },
    branches: { main: sha('ba5e0100') },
    formerNames: ['octo/application'],
  })
  return on
}

test.concurrent('by its former name, the head of the pull request is mounted, and a notice tells the name of now', async () => {
  await using on = await open()
  const main = await on.main({ repository: 'octo/application' }, 'pull-request')
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const checkout = { type: 'commit', sha: sha('feed4200') }
  expect(on.created()).toEqual([expect.objectContaining({ url: APP, checkout })])
  expect(annotations(main, 'notice')).toEqual([NOTICE])
})

test.concurrent('`.` with a remote of before', async () => {
  await using on = await open()
  const folder = GitFolder.initial('git@github.com:octo/application.git', on.scene.workspace.root)
  on.publish(folder.history(), { main: folder.head() }, { formerNames: ['octo/application'] })
  const main = await on.main({ repository: '.' }, 'push')
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([
    expect.objectContaining({ url: APP, checkout: { type: 'commit', sha: folder.head() } }),
  ])
  expect(annotations(main, 'notice')).toEqual([NOTICE])
})

test.concurrent('the guard knows the base by its former name, too', async () => {
  await using on = await open()
  const repository = 'octo/application'
  const main = await on.main({ repository, checkout: 'default' }, 'pull-request-target-fork')
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const fork = await on.main({ repository, ref: sha('f04c4700') }, 'pull-request-target-fork')
  expect(errorOf(fork)).toContain('commit f04c470 of octo-org/app is not mounted')
})
