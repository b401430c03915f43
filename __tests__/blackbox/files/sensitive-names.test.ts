import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'
import { namesHere, whereLinks, withLinks } from '../../harness/system.ts'

/** One of every kind, and hidden and nested variants; the content is innocent, so that only the name can tell. */
const SENSITIVE = namesHere([
  'gha-creds-0123456789abcdef.json',
  'sub/gha-creds-1.json',
  'git-credentials-42.config',
  '.env',
  '.env.local',
  '.env.production',
  'sub/.env',
  '.ENV',
  '.npmrc',
  'packages/a/.npmrc',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.docker/config.json',
  'home/.docker/config.json',
  '.kube/config',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'keys/id_ed25519_sk',
  'ID_RSA',
  'server.pem',
  'SERVER.PEM',
  '.hidden.pem',
  'tls/server.key',
  'store.p12',
  'store.pfx',
  'store.keystore',
])

/** In folders of which everything is sensitive: what is there, and the folder that the warning names. */
const IN_FOLDERS = {
  '.git/config': '.git/',
  '.git/objects/ab/cdef': '.git/',
  'vendor/lib/.git/HEAD': 'vendor/lib/.git/',
  '.aws/credentials': '.aws/',
  '.ssh/known_hosts': '.ssh/',
  'home/.ssh/id_custom': 'home/.ssh/',
  '.gnupg/private-keys-v1.d/A.txt': '.gnupg/',
} as const

/** A submodule's `.git` is a file. */
const GIT_FILE = 'submodule/.git'

const LINKS = whereLinks([
  ['innocent.txt', '.env'],
  ['docs/notes.txt', '../home/.ssh/id_custom'],
  ['chain.txt', 'innocent.txt'],
  ['config.txt', '.git/config'],
] as const)

const LINK_NAMES = LINKS.map(([name]) => name)

const ORDINARY = [
  '.env.example',
  'sub/.env.example',
  '.gitignore',
  '.gitattributes',
  '.github/workflows/ci.yml',
  '.dockerignore',
  '.docker/readme.md',
  '.nvmrc',
  'environment.ts',
  'env',
  'id_rsa.md',
  'keys.ts',
  'pem.txt',
  'a.pem.md',
  'kube/config',
  'docker/config.json',
  'npmrc',
  'git/config',
  'gha-creds.md',
  'keystore.ts',
] as const

const text = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `about ${name}\n`]))

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write(text([...SENSITIVE, ...Object.keys(IN_FOLDERS), GIT_FILE]))
  for (const [name, target] of LINKS) scene.workspace.link(name, target)
  return scene
}

const mountedPaths = (scene: Scene): readonly string[] =>
  scene
    .sessions()
    .flatMap(({ id }) => Object.keys(scene.mounted(id)).map((at) => at.replace('/mnt/session/uploads/', '')))

const warningOf = (result: StepResult): string =>
  annotations(result, 'warning').find((warning) => /^left out as sensitive/i.test(warning)) ?? ''

const EVERYTHING = { files: '**', 'include-hidden-files': 'true' }

test.concurrent('a wildcard leaves out every one, and one warning names each', async () => {
  await using scene = await openScene()
  scene.workspace.write(text(ORDINARY))
  const main = await scene.main(EVERYTHING)
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene).toSorted()).toEqual([...ORDINARY].toSorted())
  expect(scene.uploads()).toHaveLength(ORDINARY.length)
  expect(annotations(main, 'warning').filter((warning) => warning.includes('sensitive'))).toHaveLength(1)
  const warning = warningOf(main)
  for (const name of [...SENSITIVE, ...Object.values(IN_FOLDERS), GIT_FILE, ...LINK_NAMES])
    expect(warning).toContain(`"${name}"`)
  for (const name of ORDINARY) expect(warning).not.toContain(`"${name}"`)
})

withLinks(
  'nor does a wildcard find them that spells the dot, or the extension, or descends through links',
  async () => {
    await using scene = await openScene()
    scene.workspace.link('linked', '.ssh').link('linked-home', 'home')
    const patterns = ['.*', '.*/**', '*.pem', '**/*.key', 'id_*', '**/config*', 'linked*/**', '.env*', '.git/**']
    const main = await scene.main({
      files: patterns.join('\n'),
      'follow-symbolic-links': 'true',
      'if-no-files-found': 'warn',
    })
    expect(annotations(main, 'error')).toEqual([])
    expect(scene.uploads()).toEqual([])
  },
)

const NAMED = [...SENSITIVE, ...Object.keys(IN_FOLDERS), GIT_FILE, ...LINK_NAMES]

test.concurrent.each([
  ['as patterns', (names: readonly string[]) => names.join('\n')],
  ['as a JSON array', (names: readonly string[]) => JSON.stringify(names)],
  ['with a mount path', (names: readonly string[]) => names.map((name, i) => `${name} => /in/${i}.txt`).join('\n')],
  ['with a detour', (names: readonly string[]) => names.map((name) => `./${name}`).join('\n')],
])('named literally, %s: an error that names each, before anything is sent', async (_, write) => {
  await using scene = await openScene()
  const main = await scene.main({ files: write(NAMED) })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(NAMED.filter((name) => !errorOf(main).includes(`"${name}"`))).toEqual([])
  expect(errorOf(main)).toContain('`allow-sensitive-files`')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each([
  ['a pattern', (name: string) => name],
  ['a JSON array', (name: string) => JSON.stringify([name])],
])('named by its absolute path, in %s: an error too', async (_, write) => {
  await using scene = await openScene()
  for (const name of ['.env', 'tls/server.key', '.aws/credentials', ...whereLinks(['innocent.txt'])]) {
    const main = await scene.main({ files: write(path.join(scene.workspace.root, name)) })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toContain(name)
    expect(errorOf(main)).toContain('`allow-sensitive-files`')
  }
  scene.workspace.write({ 'a.txt': 'a' })
  const mixed = await scene.main({ files: `a.txt\n${scene.workspace.path('.env')}` })
  expect(mixed.exitCode).toBe(1)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a root inside a sensitive folder does not make it less so', async () => {
  await using scene = await openScene()
  for (const root of ['.ssh', 'home/.ssh', '.git']) {
    const main = await scene.main({ files: '**', root: scene.workspace.path(root) })
    expect([root, main.exitCode]).toEqual([root, 1])
  }
  expect(scene.uploads()).toEqual([])
})

test.concurrent('`allow-sensitive-files` lets exactly the named paths through', async () => {
  await using scene = await openScene()
  const allowed = ['sub/.env', './.npmrc', '.aws/credentials', ...whereLinks(['docs/notes.txt'])]
  const main = await scene.main({ ...EVERYTHING, 'allow-sensitive-files': allowed.join('\n') })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene).toSorted()).toEqual([
    '.aws/credentials',
    '.npmrc',
    ...whereLinks(['docs/notes.txt']),
    'sub/.env',
  ])
  const warning = warningOf(main)
  for (const name of ['".env"', '"packages/a/.npmrc"', '"home/.ssh/"']) expect(warning).toContain(name)
  expect(warning).not.toContain('"sub/.env"')
})

test.concurrent('an allowed path can be named literally; what does not match it is not allowed', async () => {
  await using scene = await openScene()
  const named = await scene.main({ files: 'tls/server.key', 'allow-sensitive-files': 'tls/server.key' })
  expect(named.outputs['mounted-count']).toBe('1')
  for (const allowed of ['tl', 'tls/server', 'tls/*.pem', '*.key', 'server.key', '']) {
    const main = await scene.main({ files: 'tls/server.key', 'allow-sensitive-files': allowed })
    expect([allowed, main.exitCode]).toEqual([allowed, 1])
  }
  expect(scene.uploads()).toHaveLength(1)
})

test.concurrent('in `allow-sensitive-files` stars stand for hidden names too, and no sign but these stands for others', async () => {
  await using scene = await Scene.open()
  const names = ['config/.env', 'a/{x,y}1.pem', 'b/@(x)1.pem', 'b/x1.pem', 'a/x1.pem']
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))
  const allowed = 'config/*\na/{x,y}?.pem\nb/@(x)?.pem'
  const main = await scene.main({ ...EVERYTHING, 'allow-sensitive-files': allowed })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene).toSorted()).toEqual(names.slice(0, 3).toSorted())
})
