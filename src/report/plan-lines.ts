import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import { containerPath, repositoryPath } from '../paths/mount-path.ts'
import type { Plan, Step } from '../plan/plan.ts'
import type { Runner } from '../runner/runner.ts'
import { quote } from '../text/escape.ts'
import { count, formatBytes, listed } from '../text/format.ts'

/** Lines of a plan in the log; the rest are debug lines. */
const MAX_LINES = 50

type Verb = 'add' | 'replace' | 'remove' | 'unchanged' | 'create' | 'fetch'

/** Prints what a plan comes to, then a line for each change and for each file that stays. */
export async function printPlan(runner: Runner, plan: Plan): Promise<void> {
  const lines = planLines(plan)
  const more = lines.length - MAX_LINES
  await runner.group('Plan', async () => {
    runner.info(planHeadline(plan))
    for (const line of lines.slice(0, MAX_LINES)) runner.info(line)
    if (more > 0) runner.info(`  and ${count(more, 'more line')}, which debug logging shows`)
    for (const line of lines.slice(MAX_LINES)) runner.debug(line)
  })
}

function planHeadline(plan: Plan): string {
  const files = plan.steps.flatMap((step) => (step.kind === 'upload' ? [step.file] : []))
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const stepsOf = (kind: Step['kind']) => plan.steps.filter((step) => step.kind === kind).length
  const [replaced, removed] = [stepsOf('replace-file'), stepsOf('remove-file')]
  const created = plan.steps.find((step) => step.kind === 'create-session')
  const changes = [
    plan.unchanged.length > 0 ? `${count(plan.unchanged.length, 'file')} unchanged` : undefined,
    replaced > 0 ? `${count(replaced, 'file')} replaced` : undefined,
    removed > 0 ? `${count(removed, 'file')} removed` : undefined,
  ].filter((part) => part !== undefined)
  const wanted = [
    files.length > 0 ? `${count(files.length, 'file')} (${formatBytes(total)})` : undefined,
    plan.steps.some((step) => step.kind === 'rotate-token' || (step.kind === 'create-session' && step.repository))
      ? 'a repository'
      : undefined,
    created?.memoryStores.length ? count(created.memoryStores.length, 'memory store') : undefined,
  ]
  const target = plan.sessionId === undefined ? 'a new session' : `session ${plan.sessionId}`
  const also = changes.length === 0 ? '' : `; ${listed(changes)}`
  return `Plan: mount ${listed(wanted)} on ${target}${also}`
}

/** Changes come first. */
function planLines({ steps, unchanged }: Plan): readonly string[] {
  const replaced = new Set(steps.flatMap((step) => (step.kind === 'replace-file' ? [step.file.mountPath] : [])))
  return [
    ...steps.flatMap((step) => stepLines(step, replaced)),
    ...unchanged.map(({ file }) => line('unchanged', fileText(file))),
  ]
}

function stepLines(step: Step, replaced: ReadonlySet<string>): readonly string[] {
  switch (step.kind) {
    case 'upload':
      return [line(replaced.has(step.file.mountPath) ? 'replace' : 'add', fileText(step.file, sizeText(step.file)))]
    case 'create-session':
      return sessionLines(step)
    case 'rotate-token':
      return tokenLines(step)
    case 'remove-file':
      return [line('remove', quote(step.there.echoedPath))]
    case 'replace-file':
    case 'add-file':
      return []
  }
}

function tokenLines({ repository, resource, isFetched }: Extract<Step, { kind: 'rotate-token' }>): readonly string[] {
  const { url, sha, hasToken } = repository
  const there = `${url}, which is on the session already`
  return [
    hasToken ? line('replace', `the token of ${there}`) : line('unchanged', there),
    ...(isFetched ? [line('fetch', `commit ${sha}, by the agent; mounted is ${resource.sha ?? 'a branch'}`)] : []),
  ]
}

function sessionLines({
  create: { agentId, environmentId, title },
  repository,
  memoryStores,
  replaces,
}: Extract<Step, { kind: 'create-session' }>): readonly string[] {
  const name = title === undefined ? '' : ` ${quote(title)}`
  return [
    ...(repository === undefined ? [] : [line('add', repositoryText(repository))]),
    ...memoryStores.map(({ id, access }) =>
      line('add', `memory store ${id}${access === undefined ? '' : ` (${access})`}`),
    ),
    line('create', `session${name} of agent ${agentId} in environment ${environmentId}`),
    ...(replaces === undefined ? [] : [line('replace', `session ${replaces}, which is archived then`)]),
  ]
}

function line(verb: Verb, text: string): string {
  return `  ${verb.padEnd('unchanged'.length)}  ${text}`
}

function fileText({ path, mountPath, size }: DesiredFile, amount = formatBytes(size)): string {
  return `${quote(path)} → ${quote(containerPath(mountPath))} (${amount})`
}

/** An archive that is not packed is about so large. */
function sizeText({ size, content }: DesiredFile): string {
  return `${content === undefined ? 'about ' : ''}${formatBytes(size)}`
}

function repositoryText({ url, mountPath }: DesiredRepository): string {
  return `${url} → ${quote(repositoryPath(url, mountPath))}`
}
