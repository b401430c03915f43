import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync } from 'node:fs'
import { afterAll, expect, test } from '@jest/globals'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'

const APP = 'https://github.com/octo-org/app'

/** Every key that this machine's git knows, with what stands for a name in it filled in. */
const KEYS = execFileSync('git', ['help', '--config'])
  .toString()
  .split('\n')
  .filter((line) => /^[\w.<>*-]+\.[\w<>*-]+$/.test(line))
  .map((key) => key.replace(/<[^>]*>|\*/g, 'canary'))

/** Those that name a program, or a file that more keys are read from; and some that the list does not have. */
const PROGRAM_KEYS = [
  ...KEYS.filter((key) =>
    /(cmd|command|program|editor|pager|helper|askpass|textconv|driver|clean|smudge|fsmonitor|proxy|hook|hookspath|pack|browser|tool|path)$/i.test(
      key,
    ),
  ),
  'alias.rev-parse',
  'credential.https://github.com.helper',
  'filter.canary.process',
  'trailer.canary.cmd',
]

test('git lists the keys that are known to name programs', () => {
  for (const key of ['core.fsmonitor', 'core.sshCommand', 'core.hooksPath', 'diff.canary.textconv', 'gpg.program'])
    expect(PROGRAM_KEYS).toContain(key)
  expect(KEYS.length).toBeGreaterThan(500)
})

const template = GitFolder.initial(APP)
afterAll(() => template[Symbol.dispose]())

/** A folder whose `.git` a stranger wrote: all programs that it names, and all of its hooks, leave a trace. */
async function stranger(on: GitHubScene, keys: readonly string[]) {
  const [canary, trace] = [`${on.scene.workspace.root}/canary.sh`, `${on.scene.workspace.root}/canary.trace`]
  const folder = await template.copyTo(on.scene.workspace.path('theirs'))
  const inner = await template.copyTo(folder.path('inner'))
  on.scene.workspace.write({ 'canary.sh': `#!/bin/sh\necho "$0 $*" >> "${trace}"\nexit 1\n` })
  mkdirSync(`${folder.root}/.git/hooks`, { recursive: true })
  chmodSync(canary, 0o755)
  const settings = keys.map((key) => settingOf(key, canary)).join('')
  for (const each of [folder, inner]) appendFileSync(each.path('.git/config'), settings)
  return { folder, inner, settings, hasRun: () => existsSync(trace) }
}

function settingOf(key: string, value: string): string {
  const [section = '', ...rest] = key.split('.')
  const [name, subsection] = [rest.at(-1), rest.slice(0, -1).join('.')]
  return `[${section}${subsection === '' ? '' : ` "${subsection}"`}]\n\t${name} = ${value}\n`
}

/** How the action comes to look at such a folder. */
const LOOKS: Readonly<Record<string, (root: string) => Readonly<Record<string, string>>>> = {
  files: () => ({ files: 'theirs/first.txt\ntheirs/inner/first.txt' }),
  'a prompt': () => ({ 'prompt-file': 'theirs/inner/first.txt', files: 'a.txt' }),
  '`.`': (root) => ({ repository: '.', root }),
}

const EVENTS = ['workflow-run-fork', 'issue-comment-pull-request', 'push']

const LISTS = { 'core.fsmonitor': ['core.fsmonitor'], 'each that names a program': PROGRAM_KEYS, 'every key': KEYS }

test.concurrent.each(
  Object.entries(LISTS).flatMap(([list, keys]) =>
    Object.keys(LOOKS).flatMap((look) => EVENTS.map((event) => [list, look, event, keys] as const)),
  ),
)("nothing that a repository's configuration names is run: %s, %s, %s", async (_, look, event, keys) => {
  await using on = await GitHubScene.open()
  const { inner, hasRun } = await stranger(on, keys)
  const main = await on.main(LOOKS[look]?.(inner.root) ?? {}, event)
  expect([hasRun(), main.stderr]).toEqual([false, ''])
})

test.concurrent.each(EVENTS)("nor what the user's and the environment's configuration name: %s", async (event) => {
  await using on = await GitHubScene.open()
  const { inner, settings, hasRun } = await stranger(on, [])
  on.scene.workspace.write({ 'home/.gitconfig': settings, 'system.gitconfig': settings })
  const env = {
    HOME: on.scene.workspace.path('home'),
    GIT_CONFIG_SYSTEM: on.scene.workspace.path('system.gitconfig'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: on.scene.workspace.path('canary.sh'),
  }
  const inputs = { files: 'theirs/inner/first.txt', repository: '.', root: inner.root }
  await on.main(inputs, event, env)
  await on.main({ files: 'theirs/inner/first.txt' }, event, env)
  expect(hasRun()).toBe(false)
})

test.concurrent('a `git` that lies in the way is not started', async () => {
  await using on = await GitHubScene.open()
  const { inner, hasRun } = await stranger(on, [])
  on.scene.workspace.write({ 'bin/git': `#!/bin/sh\n"${on.scene.workspace.root}/canary.sh"\n` })
  chmodSync(on.scene.workspace.path('bin/git'), 0o755)
  const env = { PATH: `${on.scene.workspace.path('bin')}:${process.env.PATH}` }
  await on.main({ repository: '.', root: inner.root }, 'push', env)
  await on.main({ files: 'theirs/first.txt' }, 'workflow-run-fork', env)
  expect(hasRun()).toBe(false)
})

test.concurrent('the variables that git takes a repository from mean nothing', async () => {
  await using on = await GitHubScene.open()
  const ours = GitFolder.initial(APP, on.scene.workspace.path('ours'))
  const theirs = GitFolder.pullRequest(APP, on.scene.workspace.path('theirs'))
  const env = {
    GIT_DIR: ours.path('.git'),
    GIT_WORK_TREE: ours.root,
    GIT_COMMON_DIR: ours.path('.git'),
    GIT_OBJECT_DIRECTORY: ours.path('.git/objects'),
    GITHUB_SHA: ours.head(),
  }
  const main = await on.main({ files: 'theirs/patch.txt' }, 'pull-request-target-fork', env)
  expect(main.exitCode).toBe(1)
  expect(main.stdout).toContain(theirs.merge.slice(0, 7))
  expect(on.scene.emulator.journal()).toEqual([])
})
