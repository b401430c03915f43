/**
 * The licences of the packages whose code is in a bundle, read from the bundler's own list of modules.
 * (ncc's --license keeps only the packages of the last chunk that it writes.)
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ModuleStats {
  readonly nameForCondition?: string | null
  readonly modules?: readonly ModuleStats[]
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
}

const packageFolder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/
const rule = `\n${'-'.repeat(80)}\n\n`

/** The files that were bundled. */
export function modulesOf(stats: ModuleStats): readonly string[] {
  const own = stats.nameForCondition ?? undefined
  return [...(own === undefined ? [] : [own]), ...(stats.modules ?? []).flatMap(modulesOf)]
}

/** The folders of the packages that were bundled. */
export function foldersOf(stats: ModuleStats): readonly string[] {
  return modulesOf(stats).flatMap((path) => packageFolder.exec(path)?.[0] ?? [])
}

function licenseText(folder: string): string {
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^(licen[cs]e|copying)([.-]|$)/i.test(name))
  return file === undefined ? '(the package comes without the text)' : readFileSync(join(folder, file), 'utf8').trim()
}

function entryOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  return `${name} ${version}\n${license ?? 'licence not named'}\n\n${licenseText(folder)}\n`
}

export function licensesOf(stats: ModuleStats): string {
  const entries = new Set([...new Set(foldersOf(stats))].map(entryOf))
  return [...entries].sort().join(rule).replaceAll('\r\n', '\n')
}
