import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

export const root = resolve(import.meta.dirname, '../..')

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Paths below the repository's root, sorted, in POSIX form. */
export function find(...patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: root, exclude: (path) => path === 'node_modules' })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

export interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>
  readonly outputs: Readonly<Record<string, unknown>>
}

export const action = parse(read('action.yml')) as ActionMetadata

export interface Step {
  readonly uses: string
  readonly with: Readonly<Record<string, unknown>>
}

/** Every mapping with a `uses`, however deep: a step of a workflow, a step that stands alone, a called workflow. */
export function stepsIn(value: unknown): readonly Step[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(stepsIn)
  if (!('uses' in value) || typeof value.uses !== 'string') return inner
  const given = 'with' in value && typeof value.with === 'object' ? value.with : {}
  return [{ uses: value.uses, with: { ...given } }, ...inner]
}
