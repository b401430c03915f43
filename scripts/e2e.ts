/**
 * Runs .github/workflows/e2e.yml as it stands with act, on this machine, without containers and without fetching anything.
 * act copies the working tree (what .gitignore names left out) to a folder of its own and runs there with Node 24. GitHub,
 * which is asked about the repository and the commit of the run, is the emulator's.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { type GitHubStandIn, startGitHub } from '../emulator/github.ts'
import { installTools, toolPath } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

/** What the run is given as its repository and its token, whatever this clone's remote is. */
const owner = 'org'
const name = 'session-mount'
const token = 'ghs_emulator'

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

/** A GitHub that knows this repository, private, at the commit that act takes for the run's. */
function startOwnGitHub(): Promise<GitHubStandIn> {
  const { stdout, status } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error('This folder has no commit that the run could be about')
  const branches = { main: stdout.trim() }
  const repository = { owner, name, private: true, defaultBranch: 'main', branches, tags: {}, commits: [] }
  return startGitHub({ repositories: [repository], tokens: [token] })
}

async function act(scratch: string, github: GitHubStandIn): Promise<number> {
  mkdirSync(join(scratch, 'act'))
  writeFileSync(join(scratch, 'act', 'actrc'), '')
  const empty = join(scratch, 'act', 'actrc')
  const args = [
    ...['push', '--workflows', '.github/workflows/e2e.yml', '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--pull=false', '--no-cache-server', '--container-daemon-socket', '-', '--action-cache-path', scratch],
    ...['--secret-file', empty, '--var-file', empty, '--input-file', empty, '--env-file', empty],
    ...['--secret', `GITHUB_TOKEN=${token}`, '--env', `INSTALLED_PACKAGES=${join(root, 'node_modules')}`],
    ...['--env', `GITHUB_REPOSITORY=${owner}/${name}`, '--env', `GITHUB_API_URL=${github.url}`],
    ...process.argv.slice(2),
  ]
  const stdio = ['ignore', 'inherit', 'inherit'] as const
  const child = spawn(toolPath('act'), args, { cwd: root, env: environment(scratch), stdio: [...stdio] })
  const [status] = await once(child, 'exit')
  return typeof status === 'number' ? status : 1
}

installTools()
const scratch = mkdtempSync(join(tmpdir(), 'session-mount-e2e-'))
const github = await startOwnGitHub()
try {
  process.exitCode = await act(scratch, github)
} finally {
  await github.close()
  rmSync(scratch, { recursive: true, force: true })
}
