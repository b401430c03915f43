import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Scene } from './scene.ts'
import { runStep, type StepOptions, type StepResult } from './step.ts'

type More = Partial<Omit<StepOptions, 'inputs'>>

/** Runs the download action in a scene. Late files are not waited for, unless the inputs say otherwise. */
export function downloadStep(
  scene: Scene,
  inputs: Readonly<Record<string, string>>,
  more: More = {},
): Promise<StepResult> {
  return runStep('download', scene.options({ ...scene.access(), 'settle-timeout': '0s', ...inputs }, more))
}

/** What is below a folder, by relative path in POSIX form: the content of a file, or `→` for a link, which is not followed. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { withFileTypes: true }).map((entry): Readonly<Record<string, string>> => {
    const file = path.join(folder, entry.name)
    if (!entry.isDirectory()) return { [entry.name]: entry.isSymbolicLink() ? '→' : readFileSync(file, 'utf8') }
    const below = Object.entries(contentOf(file))
    return Object.fromEntries(below.map(([name, content]) => [`${entry.name}/${name}`, content]))
  })
  return Object.assign({}, ...entries)
}
