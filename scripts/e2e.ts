/**
 * Runs .github/workflows/e2e.yml and the workflows of docs/examples as they stand with act, on this machine, without
 * containers and without fetching anything. GitHub, which is asked about the repository and the commit of the run, is the
 * emulator's. Arguments go to act, for the first of them.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { type GitHubStandIn, startGitHub } from '../emulator/github/github.ts'
import { showWorkflow } from './act.ts'
import { runExamples } from './examples.ts'
import { installTools } from './tools.ts'

const root = resolve(import.meta.dirname, '..')

/** What the run is given as its repository and its token, whatever this clone's remote is. */
const owner = 'org'
const name = 'session-mount'
const token = 'ghs_emulator'

/** A GitHub that knows this repository, private, at the commit that act takes for the run's. */
function startOwnGitHub(): Promise<GitHubStandIn> {
  const { stdout, status } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error('This folder has no commit that the run could be about')
  const branches = { main: stdout.trim() }
  const repository = { owner, name, private: true, defaultBranch: 'main', branches, tags: {}, commits: [] }
  return startGitHub({ repositories: [repository], tokens: [token] })
}

async function runOwnWorkflow(): Promise<boolean> {
  const github = await startOwnGitHub()
  try {
    const status = await showWorkflow({
      folder: root,
      workflow: join(root, '.github', 'workflows', 'e2e.yml'),
      event: 'push',
      secrets: { GITHUB_TOKEN: token },
      env: {
        INSTALLED_PACKAGES: join(root, 'node_modules'),
        GITHUB_REPOSITORY: `${owner}/${name}`,
        GITHUB_API_URL: github.url,
      },
      args: ['--matrix', 'os:ubuntu-latest', ...process.argv.slice(2)],
    })
    return status === 0
  } finally {
    await github.close()
  }
}

installTools()
const results = [await runOwnWorkflow(), await runExamples()]
process.exitCode = results.includes(false) ? 1 : 0
