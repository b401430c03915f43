import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { downloadStep } from '../../harness/download.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

/** What git does in a folder and in each below it, as a later step might. Returns whether it ran the agent's command. */
function isRunByGit(folder: string, canary: string): boolean {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true })
  const folders = below.filter((entry) => entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name))
  for (const cwd of [folder, ...folders]) {
    for (const args of [['status'], ['diff'], ['rev-parse', '--is-bare-repository']]) {
      spawnSync('git', args, { cwd, env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' } })
    }
  }
  return existsSync(canary)
}

const configOf = (canary: string) => `[core]
\trepositoryformatversion = 0
\tbare = false
\tworktree = .
\tfsmonitor = touch ${canary}; false
`

/** The files of a bare repository. Folders need a file in them to be there. */
function repository(prefix: string, canary: string): Readonly<Record<string, string>> {
  const files = {
    HEAD: 'ref: refs/heads/main\n',
    config: configOf(canary),
    'objects/info/packs': '\n',
    'refs/heads/x': '',
  }
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${prefix}${name}`, content]))
}

type Outputs = Readonly<Record<string, string>>

const renamed = (files: Outputs, from: string, to: string): Outputs =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [name.replace(from, to), content]))

/** Outputs that together are a repository, in what git and file systems take for the same. */
const SETS: Readonly<Record<string, (canary: string) => Outputs>> = {
  'in the folder itself': (canary) => repository('', canary),
  'some levels down': (canary) => repository('a/b c/', canary),
  'with backslashes': (canary) => renamed(repository('a/', canary), '/', '\\'),
  'with a detached head': (canary) => ({ ...repository('', canary), HEAD: `${'0'.repeat(39)}1\n` }),
  'in other letters': (canary) => renamed(renamed(repository('', canary), 'HEAD', 'Head'), 'objects', 'OBJECTS'),
  'with a dot at the end, which is dropped': (canary) => renamed(repository('', canary), 'HEAD', 'HEAD. '),
  'with its common folder elsewhere': (canary) => ({
    'tree/HEAD': 'ref: refs/heads/main\n',
    'tree/commondir': '../common\n',
    ...Object.fromEntries(Object.entries(repository('common/', canary)).filter(([name]) => !name.endsWith('HEAD'))),
  }),
}

async function downloaded(scene: Scene, outputs: Outputs, inputs: Outputs = {}) {
  const id = await createSession(scene.emulator)
  for (const [name, content] of Object.entries(outputs)) scene.emulator.addOutput(id, name, content)
  return downloadStep(scene, { 'session-id': id, path: 'out', ...inputs })
}

test.concurrent('written as they are, such outputs have git run a command', async () => {
  await using scene = await Scene.open()
  const canary = scene.workspace.path('canary')
  scene.workspace.write(
    Object.fromEntries(Object.entries(repository('', canary)).map(([name, text]) => [`out/${name}`, text])),
  )
  expect(isRunByGit(scene.workspace.path('out'), canary)).toBe(true)
})

test.concurrent.each(Object.entries(SETS))(
  'outputs that form a repository have git run nothing: %s',
  async (_, setOf) => {
    await using scene = await Scene.open()
    const canary = scene.workspace.path('canary')
    const step = await downloaded(scene, setOf(canary))
    expect(step.exitCode).toBe(0)
    expect(isRunByGit(scene.workspace.path('out'), canary)).toBe(false)
    const below = readdirSync(scene.workspace.path('out'), { recursive: true, encoding: 'utf8' })
    expect(below.filter((name) => /^head$/i.test(path.basename(name)))).toEqual([])
    expect(annotations(step, 'warning')).toEqual([expect.stringMatching(/^Renamed 1 file .*HEAD.*→ ".*_HEAD"/is)])
  },
)

test.concurrent('nor where one download brings the folders and the next one the head', async () => {
  await using scene = await Scene.open()
  const canary = scene.workspace.path('canary')
  const { HEAD = '', ...rest } = repository('', canary)
  await downloaded(scene, rest)
  mkdirSync(scene.workspace.path('out'), { recursive: true })
  await downloaded(scene, { HEAD }, { overwrite: 'true', patterns: 'HEAD' })
  expect(isRunByGit(scene.workspace.path('out'), canary)).toBe(false)
})
