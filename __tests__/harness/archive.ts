import { spawnSync } from 'node:child_process'
import { copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import type { Scene } from './scene.ts'
import { sha256, Workspace } from './workspace.ts'

const MOUNTED = '/mnt/session/uploads'
const UNPACKED = '/workspace/uploads'

/** Where the emulator keeps the bytes of the one file that is mounted on the only session; its store has to be `disk`. */
export function mountedArchive(scene: Scene): { readonly mountPath: string; readonly file: string } {
  const mounted = Object.entries(scene.mounted(scene.sessions().at(-1)?.id ?? ''))
  const [[mountPath, { path: file }] = ['', { path: null }]] = mounted
  if (mounted.length !== 1 || file === null) throw new Error(`not one file on disk, but ${JSON.stringify(mounted)}`)
  return { mountPath, file }
}

/** A folder as the agent has it after running the command: one line a path, with kind, mode and content or target. */
export function unpacked(scene: Scene, command: string): Readonly<Record<string, string>> {
  using container = new Workspace()
  const { mountPath, file } = mountedArchive(scene)
  const there = container.path(mountPath)
  mkdirSync(path.dirname(there), { recursive: true })
  copyFileSync(file, there)
  const here = command.replaceAll(MOUNTED, container.path(MOUNTED)).replaceAll(UNPACKED, container.path(UNPACKED))
  const { status, stderr } = spawnSync('sh', ['-c', here], { encoding: 'utf8' })
  if (status !== 0 || stderr !== '') throw new Error(`${command}: ${status} ${stderr}`)
  return tree(container.path(UNPACKED))
}

/** What is below a folder: `link to …`, or `run` or `file` and the SHA-256. */
export function tree(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap((name): [string, string][] => {
    const file = path.join(root, name)
    const stats = lstatSync(file)
    if (stats.isDirectory()) return []
    if (stats.isSymbolicLink()) return [[name, `link to ${readlinkSync(file)}`]]
    return [[name, `${(stats.mode & 0o100) === 0 ? 'file' : 'run'} ${sha256(readFileSync(file))}`]]
  })
  return Object.fromEntries(entries.sort())
}
