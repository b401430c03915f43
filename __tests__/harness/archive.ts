import { spawnSync } from 'node:child_process'
import { copyFileSync, createReadStream, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import tar from 'tar-stream'
import type { Scene } from './scene.ts'
import { ON_WINDOWS } from './system.ts'
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
export async function unpacked(scene: Scene, command: string): Promise<Readonly<Record<string, string>>> {
  return ON_WINDOWS ? contentOfArchive(mountedArchive(scene).file) : unpackedByShell(scene, command)
}

function unpackedByShell(scene: Scene, command: string): Readonly<Record<string, string>> {
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

/** The same where there is no shell. */
async function contentOfArchive(file: string): Promise<Readonly<Record<string, string>>> {
  const entries: [string, string][] = []
  for await (const entry of createReadStream(file).pipe(createGunzip()).pipe(tar.extract())) {
    const { name, mode = 0, type, linkname } = entry.header
    const content = await buffer(entry)
    entries.push([name, type === 'symlink' ? `link to ${linkname}` : `${kindOf(mode)} ${sha256(content)}`])
  }
  return Object.fromEntries(entries.sort())
}

const kindOf = (mode: number) => ((mode & 0o100) === 0 ? 'file' : 'run')

/** What is below a folder: `link to …`, or `run` or `file` and the SHA-256. */
export function tree(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap((name): [string, string][] => {
    const file = path.join(root, name)
    const shown = name.replaceAll(path.sep, '/')
    const stats = lstatSync(file)
    if (stats.isDirectory()) return []
    if (stats.isSymbolicLink()) return [[shown, `link to ${readlinkSync(file).replaceAll(path.sep, '/')}`]]
    return [[shown, `${kindOf(stats.mode)} ${sha256(readFileSync(file))}`]]
  })
  return Object.fromEntries(entries.sort())
}
