/**
 * Compiles src/ and bundles the four flows' entry points into dist/<name>/index.js, with the licences of what is inside;
 * `npm run build -- mount post` only those. The same sources give the same bytes in any folder; `--check` fails when the committed dist is not what they give.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { licensesOf, type ModuleStats } from './licenses.ts'

const root = resolve(import.meta.dirname, '..')

function run(command: string, args: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (error) throw error
  if (status !== 0)
    throw new Error(`${[basename(command), ...args].join(' ')} ended with ${status}\n${stdout}${stderr}`)
  return stdout
}

function node(script: string, args: readonly string[]): void {
  run(process.execPath, [join('node_modules', script), ...args])
}

const BUNDLES = ['download', 'mount', 'post', 'unmount'] as const

function bundle(entry: string): void {
  const input = join('build', 'entrypoints', `${entry}.js`)
  const out = join('dist', entry)
  const stats = join('build', `${entry}.stats.json`)
  const options = ['--target', 'es2022', '--no-cache', '--quiet']
  node('@vercel/ncc/dist/ncc/cli.js', ['build', input, '--out', out, '--stats-out', stats, ...options])
  const modules = JSON.parse(readFileSync(join(root, stats), 'utf8')) as ModuleStats
  writeFileSync(join(root, out, 'licenses.txt'), licensesOf(modules))
  for (const file of readdirSync(join(root, out))) makePortable(join(root, out, file))
}

/** Line ends are made the same on every system, and a path of this folder is refused: elsewhere it would be another. */
function makePortable(path: string): void {
  const text = readFileSync(path, 'utf8')
  if (text.includes(root) || text.includes(root.split(sep).join('/'))) {
    throw new Error(`${path} holds the path of the folder that it was built in`)
  }
  writeFileSync(path, text.replaceAll('\r\n', '\n'))
}

/**
 * @actions/core imports what it needs for OIDC tokens, a second HTTP client with the whole of undici, which no part of this
 * action uses, and does not say that leaving it out has no side effects. Copies that say so are half the bundle lighter.
 */
function copyWithoutSideEffects(names: readonly string[]): void {
  for (const name of names) {
    const copy = join(root, 'build', 'node_modules', name)
    cpSync(join(root, 'node_modules', name), copy, { recursive: true })
    const file = join(copy, 'package.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), sideEffects: false }))
  }
}

function build(bundles: readonly string[]): void {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  node('typescript/bin/tsc', ['-p', 'tsconfig.build.json'])
  copyWithoutSideEffects(['@actions/core', '@actions/glob'])
  if (bundles.length === BUNDLES.length) rmSync(join(root, 'dist'), { recursive: true, force: true })
  for (const entry of bundles) {
    rmSync(join(root, 'dist', entry), { recursive: true, force: true })
    bundle(entry)
  }
}

function assertCommitted(): void {
  const changed = run('git', ['status', '--porcelain', '--untracked-files=all', '--', 'dist'])
  if (changed === '') return
  console.error(`dist is not what src gives. Run "npm run build" and commit:\n${changed.trimEnd()}`)
  process.exitCode = 1
}

const named = BUNDLES.filter((entry) => process.argv.includes(entry))
build(named.length > 0 ? named : BUNDLES)
if (process.argv.includes('--check')) assertCommitted()
