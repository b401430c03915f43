/**
 * The main job, start to end: the emulator on a free loopback port, then the shipped bundles as the runner starts them,
 * on this repository's own files. Prints what a workflow's log would show, what the session holds as the server sees
 * it, and what is left after post. Ends with 1 if anything is.
 */
import path from 'node:path'
import { runStep, type StepResult } from '../__tests__/harness/step.ts'
import { type Snapshot, startEmulator } from '../emulator/emulator.ts'

const project = path.resolve(import.meta.dirname, '..')

const emulator = await startEmulator()
heading(`The emulator listens on ${emulator.url}`)
const step = {
  cwd: project,
  inputs: {
    'anthropic-api-key': emulator.apiKey,
    'base-url': emulator.url,
    'agent-id': 'agent_emulator',
    'environment-id': 'env_emulator',
    'session-title': 'Demo',
    files: 'src/**/*.ts\n!src/api/**\nREADME.md => /docs/\naction.yml => /action.yaml',
    'session-cleanup': 'delete',
  },
}

heading('main: dist/mount/index.js')
const main = await runStep('mount', step)
printLog(main)

heading('The outputs')
for (const [name, value] of Object.entries(main.outputs)) {
  console.log(`${name} = ${value.length > 120 ? `${value.slice(0, 117)}...` : value}`)
}

heading('The session, as the server sees it')
print(emulator.snapshot())

heading('post: dist/post/index.js')
const post = await runStep('post', { ...step, state: main.state })
printLog(post)

heading('After post')
const left = emulator.snapshot()
print(left)
await emulator.close()
const clean = left.files.length === 0 && left.sessions.length === 0
console.log(clean ? 'Nothing is left.' : 'Something is left!')
process.exitCode = main.exitCode === 0 && post.exitCode === 0 && clean ? 0 : 1

function heading(text: string): void {
  console.log(`\n=== ${text}`)
}

/** Without debug lines, which the runner hides as well. */
function printLog({ stdout, stderr }: StepResult): void {
  console.log(
    `${stdout}${stderr}`
      .split('\n')
      .filter((line) => !line.startsWith('::debug::'))
      .join('\n'),
  )
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
