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
  readonly runs: { readonly main: string; readonly post?: string }
}

/** The actions of this repository: the one at its root, and those in folders of their own. */
export const actions = find('action.yml', '*/action.yml').map((file) => ({
  file,
  /** As a step names it: `./`, `./unmount`. */
  local: `./${file.replace(/\/?action\.yml$/, '')}`,
  ...(parse(read(file)) as ActionMetadata),
}))

/** The action that a step uses, of this repository in this version or as a workflow elsewhere names it. */
export function actionOf(uses: string): (typeof actions)[number] | undefined {
  const folder = /^\.\/(\w*)$/.exec(uses)?.[1] ?? /\/session-mount(?:\/(\w+))?@/.exec(uses)?.[1]
  if (folder === undefined && !/\/session-mount@/.test(uses)) return undefined
  return actions.find(({ local }) => local === `./${folder ?? ''}`)
}

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
