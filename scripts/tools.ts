/** Installs the pinned Go programs that the workflows are checked with into .tools/bin. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

interface Tool {
  readonly name: string
  readonly module: string
  readonly version: string
}

const tools: readonly Tool[] = [
  { name: 'act', module: 'github.com/nektos/act', version: 'v0.2.87' },
  { name: 'actionlint', module: 'github.com/rhysd/actionlint/cmd/actionlint', version: 'v1.7.12' },
]

const folder = resolve(import.meta.dirname, '..', '.tools', 'bin')

export function toolPath(name: string): string {
  return join(folder, process.platform === 'win32' ? `${name}.exe` : name)
}

/** `go version -m` reads the module version out of the program itself, whatever the program says of itself. */
function isInstalled({ name, version }: Tool): boolean {
  if (!existsSync(toolPath(name))) return false
  const { stdout } = spawnSync('go', ['version', '-m', toolPath(name)], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').some((line) => /^\s*mod\s/.test(line) && line.split(/\s+/).includes(version))
}

function install({ name, module, version }: Tool): void {
  console.log(`go install ${module}@${version}`)
  const env = { ...process.env, GOBIN: folder }
  const { status } = spawnSync('go', ['install', `${module}@${version}`], { stdio: 'inherit', env })
  if (status !== 0) throw new Error(`${name} ${version} could not be installed: go install ended with ${status}`)
}

export function installTools(): void {
  if (spawnSync('go', ['version']).error) {
    throw new Error(
      `Go is not on the PATH. It installs ${tools.map(({ name }) => name).join(' and ')}; see CONTRIBUTING.md`,
    )
  }
  mkdirSync(folder, { recursive: true })
  for (const tool of tools) if (!isInstalled(tool)) install(tool)
}

if (import.meta.main) installTools()
