import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export const OWNER = 'octo'
export const NAME = 'app'

/** As the examples pin it. */
const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd'
const CONFIGURE_AWS = 'aws-actions/configure-aws-credentials@61815dcd50bd041e203e49132bacad1fd04d2708'

/** A repository of somebody who uses the action, with a branch that a pull request is about. */
export interface ExampleProject extends Disposable {
  readonly folder: string
  /** Tip of the branch `main`, which is checked out. */
  readonly base: string
  /** Tip of the branch `feature`, one commit ahead. */
  readonly head: string
  /** Commits after it, that are pushed later. */
  readonly pushes: readonly string[]
  /** What stands for an action of `uses:`, by `owner/name@ref`. */
  readonly actions: Readonly<Record<string, string>>
}

/** Puts the project of scripts/stand-ins, and what is published of this repository, into a folder of their own. */
export function createProject(): ExampleProject {
  const scratch = mkdtempSync(join(tmpdir(), 'session-mount-examples-'))
  const folder = join(scratch, 'project')
  cpSync(join(root, 'scripts', 'stand-ins', 'project'), folder, { recursive: true })
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'remote', 'add', 'origin', `https://github.com/${OWNER}/${NAME}`)
  const base = commit(folder, 'Add numbers')
  git(folder, 'checkout', '--quiet', '-b', 'feature')
  writeFileSync(join(folder, 'src', 'product.js'), 'export const product = (a, b) => a * b\n')
  const head = commit(folder, 'Multiply numbers')
  git(folder, 'update-ref', 'refs/pull/7/head', head)
  git(folder, 'checkout', '--quiet', '-b', 'later')
  const pushes = [2, 3].map((factor) => {
    writeFileSync(join(folder, 'src', 'product.js'), `export const product = (a, b) => a * b * ${factor}\n`)
    return commit(folder, `Multiply by ${factor}`)
  })
  git(folder, 'checkout', '--quiet', 'main')
  return {
    folder,
    base,
    head,
    pushes,
    actions: {
      'org/session-mount@v1': publish(join(scratch, 'action')),
      [CHECKOUT]: join(root, 'scripts', 'stand-ins', 'checkout'),
      [CONFIGURE_AWS]: join(root, 'scripts', 'stand-ins', 'configure-aws-credentials'),
    },
    [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

/** What a runner needs of this repository: the actions and their bundles, as they are in the working tree. */
function publish(folder: string): string {
  for (const file of globSync(['action.yml', '*/action.yml', 'dist/**/*'], { cwd: root })) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(folder, file), { recursive: true })
  }
  return folder
}

function commit(folder: string, message: string): string {
  git(folder, 'add', '--all')
  const author = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false']
  git(folder, ...author, 'commit', '--quiet', '--message', message)
  return git(folder, 'rev-parse', 'HEAD').trim()
}

function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}\n${stderr}`)
  return stdout
}
