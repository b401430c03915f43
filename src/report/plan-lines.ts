import { count, inBytes, listed } from '../amounts.ts'
import { quoted } from '../inert.ts'
import { containerPath } from '../mount-path.ts'
import type { Plan, Step } from '../plan.ts'

/** A plan as lines for the log: what it comes to, then where each file goes. */
export function planLines(plan: Plan): readonly string[] {
  const files = plan.steps.flatMap((step) => (step.kind === 'upload' ? [step.file] : []))
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const created = plan.steps.find((step) => step.kind === 'create-session')
  const wanted = [
    files.length > 0 ? `${count(files.length, 'file')} (${inBytes(total)})` : undefined,
    plan.steps.some((step) => step.kind === 'rotate-token' || (step.kind === 'create-session' && step.repository))
      ? 'a repository'
      : undefined,
    created?.memoryStores.length ? count(created.memoryStores.length, 'memory store') : undefined,
  ]
  const target = plan.sessionId === undefined ? 'a new session' : `session ${plan.sessionId}`
  return [`Plan: mount ${listed(wanted)} on ${target}`, ...plan.steps.flatMap(stepLine)]
}

function stepLine(step: Step): readonly string[] {
  switch (step.kind) {
    case 'upload':
      return [
        `  ${quoted(step.file.path)} → ${quoted(containerPath(step.file.mountPath))} (${inBytes(step.file.size)})`,
      ]
    case 'create-session': {
      const { agentId, environmentId, title } = step.create
      const name = title === undefined ? '' : ` ${quoted(title)}`
      return [
        ...(step.repository === undefined
          ? []
          : [
              `  ${step.repository.url} → ${quoted(step.repository.mountPath ?? `/workspace/${step.repository.url.split('/').at(-1)}`)}`,
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
    case 'add-file':
      return []
  }
}
