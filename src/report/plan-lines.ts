import { containerPath } from '../paths/mount-path.ts'
import type { Plan, Step } from '../plan/plan.ts'
import { quote } from '../text/escape.ts'
import { count, formatBytes, listed } from '../text/format.ts'

/** A plan as lines for the log: what it comes to, then where each file goes. */
export function planLines(plan: Plan): readonly string[] {
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
  return [`Plan: mount ${listed(wanted)} on ${target}${also}`, ...plan.steps.flatMap(stepLine)]
}

function stepLine(step: Step): readonly string[] {
  switch (step.kind) {
    case 'upload':
      return [
        `  ${quote(step.file.path)} → ${quote(containerPath(step.file.mountPath))} (${formatBytes(step.file.size)})`,
      ]
    case 'create-session': {
      const { agentId, environmentId, title } = step.create
      const name = title === undefined ? '' : ` ${quote(title)}`
      return [
        ...(step.repository === undefined
          ? []
          : [
              `  ${step.repository.url} → ${quote(step.repository.mountPath ?? `/workspace/${step.repository.url.split('/').at(-1)}`)}`,
            ]),
        ...step.memoryStores.map(
          ({ id, access }) => `  memory store ${id}${access === undefined ? '' : ` (${access})`}`,
        ),
        `  create session${name} of agent ${agentId} in environment ${environmentId}`,
      ]
    }
    case 'rotate-token':
      return [
        `  ${step.repository.url} is on the session already${step.repository.hasToken ? '; renew its token' : ''}`,
      ]
    case 'remove-file':
      return [`  ${quote(step.there.echoedPath)} is not wanted any more`]
    case 'replace-file':
    case 'add-file':
      return []
  }
}
