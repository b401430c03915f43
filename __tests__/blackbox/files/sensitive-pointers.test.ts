import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { withLinks } from '../../harness/system.ts'

const FILES = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_GHA_CREDS_PATH',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AZURE_FEDERATED_TOKEN_FILE',
  'ANTHROPIC_IDENTITY_TOKEN_FILE',
  'KUBECONFIG',
  'NPM_CONFIG_USERCONFIG',
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_PATH',
] as const

const FOLDERS = ['CLOUDSDK_CONFIG', 'DOCKER_CONFIG'] as const

const EVERYTHING = { files: '**', 'include-hidden-files': 'true' }

/** Each variable points to a file of an innocent name in the workspace, or to a folder with one. */
async function openScene(): Promise<Scene & { readonly env: Readonly<Record<string, string>> }> {
  const scene = await Scene.open()
  const { workspace } = scene
  workspace.write({ 'ordinary.txt': 'x' })
  for (const name of FILES) workspace.write({ [`in/${name}.txt`]: '' })
  for (const name of FOLDERS) workspace.write({ [`in/${name}/deep/a.txt`]: 'x' })
  const places = [...FILES.map((name) => [name, `in/${name}.txt`]), ...FOLDERS.map((name) => [name, `in/${name}`])]
  const env = Object.fromEntries(places.map(([name = '', place = '']) => [name, workspace.path(place)]))
  return Object.assign(scene, { env })
}

const mountedPaths = (scene: Scene): readonly string[] =>
  scene
    .sessions()
    .flatMap(({ id }) => Object.keys(scene.mounted(id)).map((at) => at.replace('/mnt/session/uploads/', '')))

test.concurrent('what the environment points to is left out, whatever it is called', async () => {
  await using scene = await openScene()
  const main = await scene.main(EVERYTHING, { env: scene.env })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['ordinary.txt'])
  const warning = annotations(main, 'warning').join('\n')
  for (const name of [...FILES, ...FOLDERS]) {
    expect(warning).toContain(`"in/${name}`)
    expect(warning).toContain(`is what ${name} points to`)
  }
})

test.concurrent('named literally it is an error that says which variable; allowed by its path it goes', async () => {
  await using scene = await openScene()
  const file = 'in/GOOGLE_APPLICATION_CREDENTIALS.txt'
  const env = { GOOGLE_APPLICATION_CREDENTIALS: scene.workspace.path(file) }
  const named = await scene.main({ files: file }, { env })
  expect(errorOf(named)).toContain(`"${file}" is what GOOGLE_APPLICATION_CREDENTIALS points to`)
  expect(scene.emulator.journal()).toEqual([])
  const allowed = await scene.main({ files: file, 'allow-sensitive-files': file }, { env })
  expect(allowed.exitCode).toBe(0)
})

withLinks('links on either side do not hide it', async () => {
  await using scene = await Scene.open()
  scene.workspace
    .write({ 'real.txt': 'x', 'ordinary.txt': 'y' })
    .link('pointer', 'real.txt')
    .link('other.txt', 'real.txt')
  const env = { GOOGLE_APPLICATION_CREDENTIALS: scene.workspace.path('pointer') }
  const main = await scene.main(EVERYTHING, { env })
  expect(mountedPaths(scene)).toEqual(['ordinary.txt'])
  expect(annotations(main, 'warning').join()).toContain('"other.txt"')
  const named = await scene.main({ files: 'other.txt' }, { env })
  expect(named.exitCode).toBe(1)
})

test.concurrent('a path that is relative, as tools take it, is found too', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'in/creds.json': '{}', 'ordinary.txt': 'y' })
  await scene.main(EVERYTHING, { env: { GOOGLE_APPLICATION_CREDENTIALS: 'in/creds.json' } })
  expect(mountedPaths(scene)).toEqual(['ordinary.txt'])
})

test.concurrent('what a variable says besides paths of credentials points to nothing', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'billing/a.txt': 'a', 'europe-west1/b.txt': 'b', 'python/c.txt': 'c' })
  const env = {
    CLOUDSDK_CORE_PROJECT: 'billing',
    CLOUDSDK_COMPUTE_REGION: 'europe-west1',
    CLOUDSDK_PYTHON: scene.workspace.path('python'),
  }
  const main = await scene.main({ files: '**' }, { env })
  expect(annotations(main, 'warning')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['billing/a.txt', 'europe-west1/b.txt', 'python/c.txt'])
})

test.concurrent('a list of paths; paths to nothing; values that are no paths: each taken for what it is', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.cfg': 'a', 'b.cfg': 'b', 'ordinary.txt': 'y' })
  const env = {
    KUBECONFIG: `${scene.workspace.path('a.cfg')}${path.delimiter}${scene.workspace.path('b.cfg')}`,
    GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/at/all.json',
    CLOUDSDK_CORE_PROJECT: 'ordinary',
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    AWS_CONFIG_FILE: '',
  }
  const main = await scene.main(EVERYTHING, { env })
  expect(main.exitCode).toBe(0)
  expect(mountedPaths(scene)).toEqual(['ordinary.txt'])
})
