import { fullName, isSameRepository, parseRepository, type RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import { quote } from '../../text/escape.ts'
import { type Decision, decided, type HeadEvent, refused, short } from './decision.ts'

/** Decides by the event which commit or branch of a repository it is about. */
export function decideByEvent(repository: RepositoryName, mode: 'commit' | 'branch', event: WorkflowEvent): Decision {
  const name = fullName(repository)
  switch (event.kind) {
    case 'none':
      return decided(repository, { kind: 'default' }, 'no event says which commit: the default branch')
    case 'deleted':
      return isSameRepository(event.repository, name)
        ? refused(`${event.subject} is about no commit; set \`ref\`, or \`checkout: default\``)
        : otherRepository(repository)
    case 'unreadable':
      return isSameRepository(event.repository, name) ? refused(unreadableText(event)) : otherRepository(repository)
    case 'commit':
      return isSameRepository(event.repository, name) ? byCommit(repository, mode, event) : otherRepository(repository)
    case 'head':
      return isSameRepository(event.repository, name) || isSameRepository(event.head.repository, name)
        ? byHead(mode, event)
        : otherRepository(repository)
  }
}

/** Why nothing is mounted by an event that does not say what it is about. */
export function unreadableText({ subject, problem }: Extract<WorkflowEvent, { kind: 'unreadable' }>): string {
  return `${subject}: it is not known which commit it is about, because ${problem}; set \`ref\`, or \`checkout: default\``
}

function otherRepository(repository: RepositoryName): Decision {
  return decided(
    repository,
    { kind: 'default' },
    'not the repository of this workflow: its default branch (set `ref` for another)',
  )
}

function byCommit(
  repository: RepositoryName,
  mode: 'commit' | 'branch',
  event: Extract<WorkflowEvent, { kind: 'commit' }>,
): Decision {
  const name = event.tag === undefined ? event.branch : event.tag
  const of = name === undefined ? '' : ` of ${event.tag === undefined ? 'branch' : 'tag'} ${name}`
  if (mode === 'commit')
    return decided(repository, { kind: 'commit', sha: event.sha }, `${event.subject}: commit ${short(event.sha)}${of}`)
  if (event.branch !== undefined)
    return decided(repository, { kind: 'branch', name: event.branch }, `${event.subject}: branch ${event.branch}`)
  return refused(
    `${event.subject} is about${of === '' ? ' a commit' : of.replace(' of', '')}, not a branch; use \`checkout: commit\`, or name the branch with \`ref\``,
  )
}

function byHead(mode: 'commit' | 'branch', event: HeadEvent): Decision {
  const { subject, head, mergeSha } = event
  if (head.repository === undefined) {
    return refused(
      `${subject}: the fork that head ${short(head.sha)} is from was deleted, so nothing can be cloned; set \`ref\` to a commit of ${event.repository}`,
    )
  }
  const repository = parseRepository(head.repository)
  if ('problem' in repository)
    return refused(`${subject}: the head repository ${quote(head.repository)} ${repository.problem}`)
  const from = event.change === 'fork' ? ` of fork ${head.repository}` : ''
  if (mode === 'branch')
    return decided(repository, { kind: 'branch', name: head.branch }, `${subject}: branch ${head.branch}${from}`)
  const not = mergeSha === undefined || mergeSha === head.sha ? '' : `, not the merge commit ${short(mergeSha)}`
  return decided(repository, { kind: 'commit', sha: head.sha }, `${subject}: head ${short(head.sha)}${from}${not}`)
}
