/**
 * The main job, start to end: the emulator on a free loopback port, then the shipped bundles as the runner starts them, on
 * a copy of this repository's docs: a dry run, a mount with a prompt and the agent's answer, a download of what it wrote, a
 * dry run of a refresh, and post. Prints what a workflow's log would show. Ends with 1 if anything failed or is left.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Bundle, runStep, type StepOptions, type StepResult } from '../__tests__/harness/step.ts'
import { type Snapshot, startEmulator } from '../emulator/emulator.ts'

const REVIEW = `# Review

- The README and the docs agree on every input.
- \`data.csv\` is mounted, but no page explains its columns.
`

const project = path.resolve(import.meta.dirname, '..')
const workspace = mkdtempSync(path.join(tmpdir(), 'session-mount-demo-'))
cpSync(path.join(project, 'README.md'), path.join(workspace, 'README.md'))
mkdirSync(path.join(workspace, 'docs'))
for (const name of ['files.md', 'cleanup.md', 'security.md']) {
  cpSync(path.join(project, 'docs', name), path.join(workspace, 'docs', name))
}
writeFileSync(path.join(workspace, 'data.csv'), 'week,orders\n46,120\n')

const emulator = await startEmulator({
  agentScript: {
    turns: [
      [
        { act: 'tool-use', name: 'bash', input: { command: 'ls -R /mnt/session/uploads' } },
        { act: 'tool-result', text: '{{mounted}}' },
        { act: 'output-file', filename: 'review.md', content: REVIEW },
        { act: 'message', text: REVIEW },
        { act: 'idle', stopReason: 'end_turn' },
      ],
    ],
  },
})
const results: StepResult[] = []
const access = { 'anthropic-api-key': emulator.apiKey, 'base-url': emulator.url }
const inputs = {
  ...access,
  'agent-id': 'agent_emulator',
  'environment-id': 'env_emulator',
  'session-title': 'Demo',
  files: 'docs\n!docs/security.md\nREADME.md => /docs/\ndata.csv',
  'session-cleanup': 'delete',
}

heading(`The emulator listens on ${emulator.url}`)
await show('A dry run', 'mount', { inputs: { ...inputs, 'dry-run': 'true' } })

const prompt = { prompt: 'Review the docs.', wait: 'true' }
const main = await show('Mount, prompt, and wait for the answer', 'mount', { inputs: { ...inputs, ...prompt } })

heading('The outputs')
for (const [name, value] of Object.entries(main.outputs)) {
  console.log(`${name} = ${value.length > 120 ? `${value.slice(0, 117)}...` : value}`)
}

heading('The job summary, in Markdown')
console.log(main.summary)

heading('The session, as the server sees it')
print(emulator.snapshot())

const sessionId = main.outputs['session-id'] ?? ''
await show('Download what the agent wrote', 'download', {
  inputs: { ...access, 'session-id': sessionId, path: 'answers', 'settle-timeout': '3s' },
})
for (const name of readdirSync(path.join(workspace, 'answers'))) {
  console.log(`answers/${name}:\n${readFileSync(path.join(workspace, 'answers', name), 'utf8')}`)
}

writeFileSync(path.join(workspace, 'data.csv'), 'week,orders\n46,120\n47,140\n')
const refresh = {
  ...access,
  'session-id': sessionId,
  files: 'docs\n!docs/cleanup.md\nREADME.md => /docs/\ndata.csv',
  prune: 'true',
  'dry-run': 'true',
}
await show('A dry run of a refresh, after a change', 'mount', { inputs: refresh })

const post = await show('Post', 'post', { inputs: { ...inputs, ...prompt }, state: main.state })

heading('After post')
const left = emulator.snapshot()
print(left)
await emulator.close()
rmSync(workspace, { recursive: true })
const clean = left.files.length === 0 && left.sessions.length === 0
console.log(clean ? 'Nothing is left.' : 'Something is left!')
process.exitCode = results.every(({ exitCode }) => exitCode === 0) && post.exitCode === 0 && clean ? 0 : 1

function heading(text: string): void {
  console.log(`\n=== ${text}`)
}

async function show(title: string, bundle: Bundle, options: Omit<StepOptions, 'cwd'>): Promise<StepResult> {
  heading(`${title}: dist/${bundle}/index.js`)
  const result = await runStep(bundle, { cwd: workspace, ...options })
  console.log(`${result.stdout}${result.stderr}`)
  results.push(result)
  return result
}

function print({ files, sessions }: Snapshot): void {
  const uploads = files.filter((file) => file.origin === 'upload')
  console.log(`${uploads.length} uploads, ${sessions.length} sessions`)
  for (const session of sessions) {
    console.log(
      `session ${session.id} "${session.title}" is ${session.status} and holds ${session.resources.length} resources:`,
    )
    for (const resource of session.resources) console.log(`  ${resource.type} ${resource.mount_path}`)
  }
}
