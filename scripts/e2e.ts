/**
 * Runs .github/workflows/e2e.yml as it stands with act, on this machine, without containers and without fetching anything.
 * act copies the working tree (what .gitignore names left out) to a folder of its own and runs there with Node 24.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { installTools, toolPath } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

/** What programs need of the surroundings; keys, tokens and runner variables of whoever starts this stay outside. */
const passedOn = [
  'PATH',
  'HOME',
  'USER',
  'SHELL',
  'LANG',
  'TMPDIR',
  'SYSTEMROOT',
  'TEMP',
  'USERPROFILE',
  'LOCALAPPDATA',
]

function environment(scratch: string): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    XDG_CONFIG_HOME: scratch,
  }
}

function act(scratch: string): number {
  mkdirSync(join(scratch, 'act'))
  writeFileSync(join(scratch, 'act', 'actrc'), '')
  const empty = join(scratch, 'act', 'actrc')
  const args = [
    ...['push', '--workflows', '.github/workflows/e2e.yml', '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--pull=false', '--no-cache-server', '--container-daemon-socket', '-', '--action-cache-path', scratch],
    ...['--secret-file', empty, '--var-file', empty, '--input-file', empty, '--env-file', empty],
    ...['--secret', 'GITHUB_TOKEN=', '--env', `INSTALLED_PACKAGES=${join(root, 'node_modules')}`],
    ...process.argv.slice(2),
  ]
  const stdio = ['ignore', 'inherit', 'inherit'] as const
  const { status, error } = spawnSync(toolPath('act'), args, {
    cwd: root,
    env: environment(scratch),
    stdio: [...stdio],
  })
  if (error) throw error
  return status ?? 1
}

installTools()
const scratch = mkdtempSync(join(tmpdir(), 'session-mount-e2e-'))
try {
  process.exitCode = act(scratch)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
