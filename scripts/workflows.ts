/** Lints the workflows, those of docs/examples among them, with actionlint. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { installTools, toolPath } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

installTools()
const files = globSync(['.github/workflows/*.yml', 'docs/examples/*.yml'], { cwd: root })
const { status } = spawnSync(toolPath('actionlint'), files, { cwd: root, stdio: 'inherit' })
console.log(`${files.length} workflows: ${status === 0 ? 'nothing found' : 'see above'}`)
process.exitCode = status ?? 1
