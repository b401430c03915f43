import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parseConfig, remoteUrlOf } from '../../../src/desired/repository/git-config.ts'
import { readLocalGit } from '../../../src/desired/repository/local-git.ts'
import { ON_WINDOWS } from '../../harness/system.ts'
import { GitFolder } from './git-folder.ts'

const APP = 'https://github.com/octo-org/app'

/** Texts of a `config`, each with a remote that git itself reads, too. */
const CONFIGS: Readonly<Record<string, string>> = {
  plain: `[remote "origin"]\n\turl = ${APP}\n`,
  'in one line': `[remote "origin"] url = ${APP}`,
  'in capitals': `[REMOTE "origin"]\n  URL=${APP}\n`,
  'of the old syntax': `[remote.origin]\nurl = ${APP}\n`,
  'with comments': `; first\n[remote "origin"] # second\n  url = ${APP} ; third\n`,
  'in quotes': `[remote "origin"]\n  url = "${APP}#;"  # third\n`,
  'with quotes inside': `[remote "origin"]\n  url = ${APP}" a "b  \n`,
  'with escapes': `[remote "origin"]\n  url = a\\\\b\\"c\\td\n`,
  'over two lines': `[remote "origin"]\n  url = https://github.com\\\n/octo-org/app\n`,
  'with line ends of Windows': `[remote "origin"]\r\n\turl = ${APP}\r\n`,
  'with a byte order mark': `\ufeff[remote "origin"]\n\turl = ${APP}\n`,
  'with two URLs': `[remote "origin"]\n\turl = ${APP}\n\turl = https://github.com/octo-org/mirror\n`,
  'with settings without a value': `[core]\n\tbare\n[remote "origin"]\n\tprune\n\turl = ${APP}\n`,
  'in two parts': `[remote "origin"]\n\tfetch = x\n[core]\n\turl = no\n[remote "origin"]\n\turl = ${APP}\n`,
  'of another case': `[remote "Origin"]\n\turl = no\n[remote "origin"]\n\turl = ${APP}\n`,
  'with a name that needs escapes': `[remote "o\\"r"]\n\turl = no\n[remote "origin"]\n\turl = ${APP}\n`,
}

test.each(Object.entries(CONFIGS))('a config %s is read as git reads it', (_, text) => {
  using folder = new GitFolder()
  writeFileSync(folder.path('config'), text)
  const byGit = execFileSync('git', ['config', '--file', 'config', '--get-all', '--null', 'remote.origin.url'], {
    cwd: folder.root,
  })
  expect(remoteUrlOf(parseConfig(text))).toBe(byGit.toString().split('\0')[0])
})

test.each([
  ['an include', `[include]\n\tpath = other\n`],
  ['a conditional include', `[includeIf "gitdir:/"]\n\tpath = other\n`],
])('%s is not followed', async (_, text) => {
  using folder = GitFolder.initial()
  writeFileSync(folder.path('.git/other'), `[remote "origin"]\n\turl = ${APP}\n`)
  appendFileSync(folder.path('.git/config'), text)
  expect((await readLocalGit(folder.root))?.remote).toBeUndefined()
})

test('the URL is the one that is written, whatever would rewrite it', async () => {
  using folder = GitFolder.initial(APP)
  folder.git('config', 'url.git@key-1.github.com:.insteadOf', 'https://github.com/')
  folder.git('config', 'url.ext::sh -c touch.pushInsteadOf', 'https://github.com/')
  expect((await readLocalGit(folder.root))?.remote).toBe(APP)
})

test('a repository without a `config` has no remote', async () => {
  using folder = GitFolder.initial(APP)
  rmSync(folder.path('.git/config'))
  expect(await readLocalGit(folder.root)).toMatchObject({ head: folder.head(), branch: 'main', remote: undefined })
})

test('references that are packed, and a commit that is', async () => {
  using folder = GitFolder.pullRequest(APP)
  folder.git('checkout', '--quiet', 'patch')
  expect(await readLocalGit(folder.root)).toMatchObject({
    head: folder.tip,
    branch: 'patch',
    commit: { parents: [folder.git('rev-parse', 'main~1')], message: 'patch\n' },
  })
  folder.git('gc', '--quiet', '--prune=now')
  expect(await readLocalGit(folder.root)).toMatchObject({ head: folder.tip, branch: 'patch', commit: undefined })
})

test('a repository with SHA-256', async () => {
  using folder = new GitFolder()
  folder.git('init', '--quiet', '--object-format=sha256')
  const head = folder.commit('first')
  expect(head).toHaveLength(64)
  expect(await readLocalGit(folder.root)).toMatchObject({ head, commit: { message: 'first\n' } })
})

test('an object that is not what its name says tells nothing', async () => {
  using folder = GitFolder.initial(APP)
  const [first, second] = [folder.head(), folder.commit('second')]
  const fileOf = (sha: string) => folder.path(`.git/objects/${sha.slice(0, 2)}/${sha.slice(2)}`)
  rmSync(fileOf(second))
  copyFileSync(fileOf(first), fileOf(second))
  expect(await readLocalGit(folder.root)).toMatchObject({ head: second, commit: undefined })
})

test.each([
  ...(ON_WINDOWS ? [] : [['a FIFO', (file: string) => void execFileSync('mkfifo', [file])] as const]),
  ['a folder', (file: string) => mkdirSync(file)],
  ['too large', (file: string) => writeFileSync(file, Buffer.alloc(5_000_000, 'a'))],
  ['of bytes', (file: string) => writeFileSync(file, Buffer.from([0, 255, 10, 128]))],
  ['a reference to a file elsewhere', (file: string) => writeFileSync(file, 'ref: refs/../../secret\n')],
  ['a reference to itself', (file: string) => writeFileSync(file, 'ref: refs/heads/loop\n')],
  ['a short SHA', (file: string) => writeFileSync(file, 'abcdef0\n')],
])('a HEAD that is %s leads nowhere', async (_, make) => {
  using folder = GitFolder.initial(APP)
  writeFileSync(folder.path('secret'), 'a'.repeat(40))
  writeFileSync(folder.path('.git/refs/heads/loop'), 'ref: refs/heads/loop\n')
  rmSync(folder.path('.git/HEAD'))
  make(folder.path('.git/HEAD'))
  expect(await readLocalGit(folder.root)).toMatchObject({ head: undefined, remote: APP })
})

test('references in a reftable are said not to be read', async () => {
  using folder = GitFolder.initial(APP)
  folder.git('config', 'extensions.refStorage', 'reftable')
  writeFileSync(folder.path('.git/HEAD'), 'ref: refs/heads/.invalid\n')
  expect(await readLocalGit(folder.root)).toMatchObject({ head: undefined, hasRefTable: true })
})
