/**
 * Compiles src/ and emulator/, and bundles the four flows, the clouds' libraries and the emulator's action into dist; `npm run build -- mount post` only those. The same sources give the
 * same bytes in any folder; `--check` fails when the committed dist is not what they give. `--source-map` is for
 * `npm run coverage`.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUNDLES, build } from './bundle.ts'

const root = resolve(import.meta.dirname, '..')

function removeOthers(): void {
  const dist = join(root, 'dist')
  const others = readdirSync(dist).filter((name) => !BUNDLES.some((bundle) => bundle === name))
  for (const name of others) rmSync(join(dist, name), { recursive: true })
}

function assertCommitted(): void {
  const args = ['status', '--porcelain', '--untracked-files=all', '--', 'dist']
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}\n${stderr}`)
  if (stdout === '') return
  console.error(`dist is not what src gives. Run "npm run build" and commit:\n${stdout.trimEnd()}`)
  process.exitCode = 1
}

const named = BUNDLES.filter((bundle) => process.argv.includes(bundle))
build(named.length > 0 ? named : BUNDLES, process.argv.includes('--source-map'))
removeOthers()
if (process.argv.includes('--check')) assertCommitted()
