import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

interface Outcome {
  /** Null if it was killed, after this time. */
  readonly exitCode: number | null
  readonly output: string
}

/** The process and what it has started and left behind. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}

/** A copy of the working tree as it is, in a temporary folder with a `dist` of its own: what happens there harms nothing. */
export class TreeCopy implements Disposable {
  readonly #made = realpathSync(mkdtempSync(join(tmpdir(), 'session-mount-tree-')))
  readonly root = join(this.#made, 'tree')

  constructor() {
    // Some tests start a step as another user.
    chmodSync(this.#made, 0o755)
    for (const folder of [this.root, this.temporary()]) mkdirSync(folder)
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
    const { stdout, status } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
    if (status !== 0) throw new Error('git does not list the files of this folder')
    const files = stdout.split('\0').filter((file) => file !== '' && !file.startsWith('dist/'))
    for (const file of files.filter((each) => existsSync(join(root, each)))) {
      mkdirSync(dirname(this.path(file)), { recursive: true })
      cpSync(join(root, file), this.path(file))
    }
    // One asks git for the files.
    for (const ask of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      spawnSync('git', ask, { cwd: this.root })
    symlinkSync(realpathSync(join(root, 'node_modules')), this.path('node_modules'), 'junction')
    process.once('exit', () => this[Symbol.dispose]())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  }

  path(name: string): string {
    return join(this.root, name)
  }

  /** Beside the tree, of which jest reads every `package.json`. */
  temporary(name = '.'): string {
    return join(this.#made, 'tmp', name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content)
  }

  /** Runs a script of the copy; what it leaves in the temporary folder goes with the copy. */
  async node(args: readonly string[], env: NodeJS.ProcessEnv = {}, timeoutMs = 3_600_000): Promise<Outcome> {
    const child = spawn(process.execPath, args, {
      cwd: this.root,
      // Without CI: a `dist` that is built here is not committed.
      env: { ...process.env, CI: undefined, TMPDIR: this.temporary(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const chunks: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => chunks.push(text))
    const timer = setTimeout(() => killGroup(child), timeoutMs)
    const exitCode = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
    clearTimeout(timer)
    killGroup(child)
    return { exitCode, output: chunks.join('') }
  }

  async build(...options: readonly string[]): Promise<void> {
    const { exitCode, output } = await this.node(['scripts/build.ts', ...options])
    if (exitCode !== 0) throw new Error(`The copy does not build:\n${output}`)
  }

  [Symbol.dispose](): void {
    rmSync(this.#made, { recursive: true, force: true })
  }
}
