import { NO_OUTPUTS } from '../../src/report/outputs.ts'
import { annotations } from '../harness/annotation.ts'
import type { StepResult } from '../harness/step.ts'
import { leaks } from '../harness/trace.ts'
import { sha256 } from '../harness/workspace.ts'
import { isPostStruck } from './case.ts'
import { type Holdings, harmed, holdings, keyOf, type Resource, runKeyOf } from './holdings.ts'
import type { Evidence } from './play.ts'
import { REPLY, REPOSITORY_TOKEN } from './runs.ts'
import { untruths } from './truth.ts'

/** What a case came to. */
export interface Verdict {
  readonly main: 'succeeded' | 'failed'
  /** Whether the fault struck at all: a run that is told to stop may end before. */
  readonly struck: boolean
  /** How many things post named and left. */
  readonly named: number
  readonly violations: readonly string[]
}

/** The runner waits 7.5 s after SIGINT and then sends SIGTERM; 2.5 s later it kills. Milliseconds, and some for a busy machine. */
const CEILING_MS: Readonly<Record<string, number>> = { SIGINT: 7_000, SIGTERM: 4_000 }

const ROOT = '/mnt/session/uploads/'

/** Judges a case by all that can be seen of it. Pure. */
export function judge(evidence: Evidence): Verdict {
  const succeeded = evidence.main.exitCode === 0
  const left = leftovers(evidence)
  return {
    main: succeeded ? 'succeeded' : 'failed',
    struck: evidence.struck !== undefined,
    named: left.named.length,
    violations: [
      ...(succeeded ? mounted(evidence) : failed(evidence)),
      ...answered(evidence),
      ...validOutputs(evidence),
      ...stopped(evidence),
      ...othersUntouched(evidence),
      ...quietPost(evidence),
      ...left.violations,
      ...untruths(evidence),
      ...removed(evidence),
      ...secrets(evidence),
    ],
  }
}

/** After a success every file is mounted, once, with the right bytes, and the outputs say so. */
function mounted(evidence: Evidence): readonly string[] {
  const { afterMain, main, sessionId } = evidence
  const id = main.outputs['session-id'] ?? ''
  const session = afterMain.sessions.find((each) => each.id === id)
  if (session === undefined || (isReplaced(evidence) ? sessionId === id : (sessionId ?? id) !== id))
    return [`main: session-id is "${id}"`]
  const mine = session.resources.filter((each) => each.type === 'file' && wantedOf(evidence).has(each.mount_path))
  return [
    ...createdOnce(evidence),
    ...onSession(evidence, session.resources, mine),
    ...everyFile(evidence, mine),
    ...outputsOfSuccess(main, mine),
  ]
}

/** The run takes the name of the session that was there for a new one. */
const isReplaced = ({ run }: Pick<Evidence, 'run'>) => run.follows === 'replaced'

/** Everything is mounted; from then on the run is finished, and not taken back. */
const isComplete = ({ main }: Evidence) => main.state.complete !== undefined

/** The agent is told once at most, no tool is answered twice, no budget raised twice; and a run that succeeds has its answer. */
function answered({ run, main, told, confirmed, budgets }: Evidence): readonly string[] {
  const twice = confirmed.filter((id, index) => confirmed.indexOf(id) !== index)
  const wrong = Object.entries(run.outputs ?? {}).filter(([name, value]) => main.outputs[name] !== value)
  if (run.turn === undefined) return told === 0 ? [] : ['main: the agent was told something']
  const isAnswered = main.exitCode !== 0 || (told === 1 && main.outputs.reply === REPLY)
  return [
    ...twice.map((id) => `main: ${id} was answered twice`),
    ...(budgets <= 1 ? [] : [`main: the budget was changed ${budgets} times`]),
    ...(main.exitCode === 0 ? wrong.map(([name]) => `main: ${name} is "${main.outputs[name]}"`) : []),
    ...(told <= 1 ? [] : [`main: the agent was told ${told} times`]),
    ...(isAnswered ? [] : [`main: the reply is "${main.outputs.reply}"`]),
  ]
}

/** SHA-256 by mount path. */
function wantedOf({ run }: Evidence): ReadonlyMap<string, string> {
  return new Map(Object.entries(run.files).map(([name, content]) => [`${ROOT}${name}`, sha256(content)]))
}

function createdOnce({ before, afterMain, run, sessionId, allStruck }: Evidence): readonly string[] {
  const { sessions } = holdings(before, afterMain)
  const least = sessionId === undefined || isReplaced({ run }) ? 1 : 0
  // Until post looks, nobody knows of the second session of a create that something on the way delivered twice.
  const isDoubled = allStruck.some(({ fault, method }) => fault === 'duplicate' && method === 'POST')
  const isTwice = isDoubled && run.inputs['session-name'] === undefined
  const most = isTwice ? least * 2 : least
  const number = sessions.length
  return number >= least && number <= most ? [] : [`main: ${number} sessions were created`]
}

/** What was there before, what was asked for beside the files, and the files: nothing else. */
function onSession(
  { before, run }: Evidence,
  resources: readonly Resource[],
  mine: readonly Resource[],
): readonly string[] {
  const besides = resources.filter(({ type }) => run.besides?.includes(type))
  const there = new Set(before.sessions.flatMap((session) => session.resources.map(keyOf)))
  const more = resources.filter((each) => !mine.includes(each) && !besides.includes(each) && !there.has(keyOf(each)))
  return [
    ...more.map((each) => `main: ${keyOf(each)} is on the session, too`),
    ...(besides.length === (run.besides?.length ?? 0) ? [] : ['main: repository or memory store are not there once']),
  ]
}

function everyFile(evidence: Evidence, mine: readonly Resource[]): readonly string[] {
  const wanted = wantedOf(evidence)
  const bytes = new Map(evidence.afterMain.files.map((file) => [file.id, file.sha256]))
  const isOnce = mine.length === wanted.size && new Set(mine.map(pathOf)).size === wanted.size
  return [
    ...(isOnce ? [] : ['main: not every file is mounted exactly once']),
    ...mine.flatMap((each) =>
      each.type === 'file' && bytes.get(each.file_id) !== wanted.get(each.mount_path)
        ? [`main: ${each.mount_path} has other bytes`]
        : [],
    ),
  ]
}

function pathOf(resource: Resource): string {
  return resource.type === 'file' ? resource.mount_path : ''
}

function outputsOfSuccess(main: StepResult, mine: readonly Resource[]): readonly string[] {
  const of = (ids: readonly string[]) => JSON.stringify([...ids].sort())
  const resources = of(mine.map(keyOf))
  const copies = of(mine.flatMap((each) => (each.type === 'file' ? [each.file_id] : [])))
  return [
    ...(of(list(main, 'resource-ids')) === resources ? [] : ['main: resource-ids are not those of the server']),
    ...(of(list(main, 'file-ids')) === copies ? [] : ['main: file-ids are not those of the server']),
    ...(main.outputs['mounted-count'] === String(mine.length) ? [] : ['main: mounted-count is wrong']),
    ...(annotations(main, 'error').length === 0 ? [] : ['main: an error, and exit code 0']),
  ]
}

/** After a failure one error says why, in words. A process that was killed says nothing. */
function failed({ case: { mode }, main, endedAfterMs }: Evidence): readonly string[] {
  // Of two faults, the other one may end it before.
  const isKilled = mode === 'SIGKILL' && endedAfterMs !== undefined
  if (isKilled) return main.exitCode === null ? [] : [`main: exit code ${main.exitCode} after SIGKILL`]
  if (main.exitCode !== 1) return [`main: exit code ${main.exitCode}`]
  const errors = annotations(main, 'error')
  const [error = ''] = errors
  return [
    ...(errors.length === 1 ? [] : [`main: ${errors.length} errors`]),
    ...(/undefined|\[object|\n\s+at /.test(error) || error.length < 20 ? [`main: not a clear error: ${error}`] : []),
    ...(main.stderr === '' ? [] : [`main: stderr: ${main.stderr.slice(0, 200)}`]),
  ]
}

/** In every case `fromJSON` of a later step works, and what is named was there. */
function validOutputs({ main, afterMain }: Evidence): readonly string[] {
  const missing = Object.keys(NO_OUTPUTS).filter((name) => main.outputs[name] === undefined)
  if (missing.length > 0) return [`main: no output ${missing.join()}`]
  const there = new Set(afterMain.sessions.flatMap(({ resources }) => resources.map(keyOf)))
  const gone = list(main, 'resource-ids').filter((id) => !there.has(id))
  const lists = ['resource-ids', 'file-ids', 'resources'].filter((name) => list(main, name)[0] === '!')
  return [
    ...lists.map((name) => `main: output ${name} is no JSON array`),
    ...gone.map((id) => `main: resource-ids names ${id}, which is not there`),
    ...(/^(true|false)$/.test(main.outputs['session-created'] ?? '') ? [] : ['main: session-created is neither']),
  ]
}

function list(main: StepResult, name: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(main.outputs[name] ?? '')
    return Array.isArray(value) ? value : ['!']
  } catch {
    return ['!']
  }
}

/**
 * A signal ends the run in time; it does not succeed unless nothing was left to ask for but what left while the signal was
 * on its way: one request, as these runs make one at a time.
 */
function stopped({ case: { mode }, endedAfterMs, main, later }: Evidence): readonly string[] {
  const ceiling = CEILING_MS[mode]
  if (ceiling === undefined || endedAfterMs === undefined) return []
  return [
    ...(endedAfterMs <= ceiling ? [] : [`main: ended ${Math.round(endedAfterMs)} ms after ${mode}`]),
    ...(main.exitCode !== 0 || later <= 1 ? [] : [`main: succeeded after ${mode}`]),
  ]
}

function othersUntouched(evidence: Evidence): readonly string[] {
  const { before, afterMain, afterPost, afterRemoval, sessionId } = evidence
  const wanted = wantedOf(evidence)
  const session = before.sessions.find(({ id }) => id === sessionId)
  const bytes = new Map(before.files.map((file) => [file.id, file.sha256]))
  const replaced = session?.resources.flatMap((each) => {
    const isChanged = each.type === 'file' && wanted.has(each.mount_path)
    return isChanged && wanted.get(each.mount_path) !== bytes.get(each.file_id) ? [each.id] : []
  })
  // Of a repository the token may be another.
  const renewed = session?.resources.filter(({ type }) => type === 'github_repository').map(keyOf) ?? []
  const old = isReplaced(evidence) && isComplete(evidence) ? sessionId : undefined
  const mayChange = new Set([...(replaced ?? []), ...renewed])
  return [
    ...[afterMain, afterPost, afterRemoval].flatMap((now, index) =>
      harmed(before, now, mayChange, evidence.run.turn === undefined ? undefined : sessionId)
        .filter((id) => id !== old)
        .map((id) => `${['main', 'post', 'removal'][index]}: ${id} of others changed`),
    ),
    ...(old === undefined ? [] : stillLive(evidence, old)),
  ]
}

/** A session that was replaced is archived at the end, or named. */
function stillLive({ afterPost, post }: Evidence, old: string): readonly string[] {
  const session = afterPost.sessions.find(({ id }) => id === old)
  if (session === undefined) return ['post: the session that was replaced is gone']
  const isNamed = annotations(post, 'warning').some((text) => text.includes(old))
  return session.archived_at !== null || isNamed ? [] : ['post: the session that was replaced is live, and not named']
}

/** Post never fails, and never in its own words. */
function quietPost({ post }: Evidence): readonly string[] {
  const texts = annotations(post, 'warning')
  return [
    ...(post.exitCode === 0 ? [] : [`post: exit code ${post.exitCode}`]),
    ...(annotations(post, 'error').length === 0 ? [] : ['post: an error']),
    ...(post.stderr === '' ? [] : [`post: stderr: ${post.stderr.slice(0, 200)}`]),
    ...(texts.length <= 1 ? [] : [`post: ${texts.length} warnings`]),
    ...(/undefined|\[object|\n\s+at /.test(texts.join()) ? [`post: not a clear warning: ${texts.join()}`] : []),
  ]
}

interface Left {
  readonly named: readonly string[]
  readonly violations: readonly string[]
}

/** What is there of the run after post: nothing but what was asked to be kept, or named. */
function leftovers(evidence: Evidence): Left {
  const { before, afterPost, post, case: each } = evidence
  const warning = annotations(post, 'warning').join('\n')
  const held = holdings(before, afterPost)
  const { kept, violations } = keptSessions(evidence, held)
  const things = [
    ...held.uploads.map((upload) => ({ id: upload.id, names: [upload.id, upload.filename] })),
    ...held.sessions
      .filter((session) => !kept.includes(session.id))
      .map((session) => ({ id: session.id, names: [session.id, runKeyOf(session)] })),
    ...resourcesLeft(held, kept).map((id) => ({ id, names: [id] })),
  ]
  const isNamed = ({ names }: { readonly names: readonly string[] }) => names.some((name) => warning.includes(name))
  const [said, silent] = [things.filter(isNamed), things.filter((thing) => !isNamed(thing))]
  // A healthy server has nothing left.
  const needless = isPostStruck(each) ? [] : said
  return {
    named: said.map(({ id }) => id),
    violations: [
      ...violations,
      ...silent.map(({ id }) => `post: ${id} is left and not named`),
      ...needless.map(({ id }) => `post: ${id} is left, though the server was well`),
      ...needlessWarning(evidence, warning),
    ],
  }
}

/** The run's session, where it is to stay; there may be one only. */
function keptSessions(
  evidence: Evidence,
  { sessions }: Holdings,
): { readonly kept: readonly string[]; readonly violations: readonly string[] } {
  const { main, run, case: each, post } = evidence
  const isFinished = main.exitCode === 0 || (isReplaced({ run }) && isComplete(evidence))
  const stays = isFinished && run.ends === 'stays'
  const id = main.outputs['session-id'] ?? ''
  const kept = stays && sessions.some((session) => session.id === id) ? [id] : []
  const isOwn = evidence.sessionId === undefined || isReplaced({ run })
  const isLost = stays && isOwn && kept.length === 0
  const keys = sessions.map(runKeyOf)
  const isNamed = annotations(post, 'warning').some((text) => sessions.every((session) => text.includes(session.id)))
  return {
    kept,
    violations: [
      ...(isLost ? ['post: the session is gone, which was to be kept'] : []),
      ...(new Set(keys).size === keys.length || (isPostStruck(each) && isNamed)
        ? []
        : ['post: two sessions of the run']),
    ],
  }
}

/** What is mounted on sessions of others, and the files on a session that stays. */
function resourcesLeft({ resources, sessions }: Holdings, kept: readonly string[]): readonly string[] {
  const onKept = sessions
    .filter(({ id }) => kept.includes(id))
    .flatMap((session) => session.resources.filter(({ type }) => type === 'file'))
  return [...resources, ...onKept].map(keyOf)
}

/** With a healthy server, post warns of nothing. */
function needlessWarning({ case: each }: Evidence, warning: string): readonly string[] {
  return warning === '' || isPostStruck(each) ? [] : [`post: warns (${each.fault}): ${warning.slice(0, 300)}`]
}

/** After the unmount action there is nothing left, and it says so. */
function removed({ removal, before, afterRemoval, main, run }: Evidence): readonly string[] {
  if (removal === undefined) return []
  const held = holdings(before, afterRemoval)
  const kept = run.ends === 'stays' ? [main.outputs['session-id'] ?? ''] : []
  const left = [
    ...held.uploads.map(({ id }) => id),
    ...held.sessions.map(({ id }) => id).filter((id) => !kept.includes(id)),
    ...resourcesLeft(held, kept),
  ]
  return [
    ...(removal.exitCode === 0
      ? []
      : [`removal: exit code ${removal.exitCode}: ${annotations(removal, 'error').join()}`]),
    ...(removal.stderr === '' ? [] : ['removal: stderr']),
    ...left.map((id) => `removal: ${id} is left`),
  ]
}

function secrets({ traces, secrets: own }: Evidence): readonly string[] {
  return leaks(traces, { ...own, 'the token': REPOSITORY_TOKEN }).map((what) => `a secret: ${what}`)
}
