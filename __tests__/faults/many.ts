import { setTimeout as sleep } from 'node:timers/promises'
import { annotations } from '../harness/annotation.ts'
import { Scene } from '../harness/scene.ts'
import type { StepResult } from '../harness/step.ts'
import { sha256 } from '../harness/workspace.ts'
import { randomOf } from './case.ts'

/** Many runs at once onto one session that is missing, each with a file of its own. */
export interface Crowd {
  readonly runs: number
  /** Decides who starts when. */
  readonly seed: number
  readonly sessionCleanup: 'keep' | 'delete'
}

const NAME = 'Shards'

/** How far apart they start at most, in milliseconds. */
const SPREAD_MS = 400

const ROOT = '/mnt/session/uploads/'

/**
 * Starts all of them, then all of their post steps: nothing but the session is left then, and where it is to be deleted,
 * not even that after the post of the run that created it. Returns what is wrong.
 */
export async function problemsOf({ runs, seed, sessionCleanup }: Crowd): Promise<readonly string[]> {
  await using scene = await Scene.open()
  const files = Array.from({ length: runs }, (_, index) => `shard-${index}.txt`)
  scene.workspace.write(Object.fromEntries(files.map((file) => [file, `content of ${file}`])))
  const random = randomOf(seed)
  const delays = files.map(() => random() * SPREAD_MS)
  const shared = { 'session-name': NAME, 'session-cleanup': sessionCleanup }
  const start = async (file: string, index: number) => {
    await sleep(delays[index])
    return scene.main({ ...shared, files: file })
  }
  const mains = await Promise.all(files.map(start))
  const problems = [...mains.flatMap(failures), ...notOnce(scene, mains, files)]

  const isCreator = ({ outputs }: StepResult) => outputs['session-created'] === 'true'
  const posts = await Promise.all(mains.filter((main) => !isCreator(main)).map((main) => scene.post(main, shared)))
  for (const main of mains.filter(isCreator)) posts.push(await scene.post(main, shared))
  return [...problems, ...posts.flatMap(failures), ...notGone(scene, sessionCleanup)]
}

/** What a step that was to succeed, and to say nothing, has to say. */
export function failures(step: StepResult): readonly string[] {
  const texts = [...annotations(step, 'error'), ...annotations(step, 'warning')]
  return step.exitCode === 0 && texts.length === 0 ? [] : [`exit code ${step.exitCode}: ${texts.join()}${step.stderr}`]
}

function notOnce(scene: Scene, mains: readonly StepResult[], files: readonly string[]): readonly string[] {
  const sessions = scene.sessions()
  const [id = ''] = sessions.map((session) => session.id)
  const creators = mains.filter(({ outputs }) => outputs['session-created'] === 'true')
  const mounted = Object.entries(scene.mounted(id)).map(([path, file]) => `${path} ${file.sha256}`)
  const wanted = files.map((file) => `${ROOT}${file} ${sha256(`content of ${file}`)}`)
  return [
    ...(sessions.length === 1 ? [] : [`${sessions.length} sessions of the name`]),
    ...(sessions[0]?.resources.length === files.length ? [] : [`${sessions[0]?.resources.length} resources on it`]),
    ...(mounted.sort().join() === wanted.sort().join() ? [] : ['not every file is on it with its bytes']),
    ...(mains.every(({ outputs }) => outputs['session-id'] === id) ? [] : ['not every run names that session']),
    ...(creators.length === 1 ? [] : [`${creators.length} runs say that they created it`]),
  ]
}

function notGone(scene: Scene, sessionCleanup: Crowd['sessionCleanup']): readonly string[] {
  const { files, sessions } = scene.emulator.snapshot()
  const resources = sessions.flatMap((session) => session.resources)
  const most = sessionCleanup === 'keep' ? 1 : 0
  return [
    ...(files.length === 0 ? [] : [`${files.length} files are left`]),
    ...(resources.length === 0 ? [] : [`${resources.length} resources are left`]),
    ...(sessions.length === most ? [] : [`${sessions.length} sessions are left`]),
  ]
}
