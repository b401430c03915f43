import type { WorkflowEvent } from '../../runner/workflow-event.ts'

/** What is known of a kind of event, from GitHub's documentation of events and of secrets. */
interface EventKind {
  /** `writers` are people, and Apps, who may write to the repository. */
  readonly startedBy: 'writers' | 'anyone'
  /** Whether the workflow has the repository's secrets when a stranger starts it. */
  readonly hasSecrets: boolean
  /** Whether a commit of a stranger can come with it. */
  readonly bringsChange: 'never' | 'as-its-payload-says' | 'unknown'
}

const BY_WRITERS: EventKind = { startedBy: 'writers', hasSecrets: true, bringsChange: 'never' }
const BY_ANYONE: EventKind = { startedBy: 'anyone', hasSecrets: true, bringsChange: 'never' }
const WITHOUT_SECRETS: EventKind = { startedBy: 'anyone', hasSecrets: false, bringsChange: 'as-its-payload-says' }
const ABOUT_A_CHANGE: EventKind = { startedBy: 'anyone', hasSecrets: true, bringsChange: 'as-its-payload-says' }
const ABOUT_SOME_CHANGE: EventKind = { startedBy: 'anyone', hasSecrets: true, bringsChange: 'unknown' }

/** Every event that can start a workflow. One that is missing here is taken for one that anybody can start. */
export const EVENTS: Readonly<Record<string, EventKind>> = {
  branch_protection_rule: BY_WRITERS,
  create: BY_WRITERS,
  delete: BY_WRITERS,
  deployment: BY_WRITERS,
  deployment_status: BY_WRITERS,
  image_version: BY_WRITERS,
  label: BY_WRITERS,
  // Somebody who may write puts a pull request into the queue.
  merge_group: BY_WRITERS,
  milestone: BY_WRITERS,
  page_build: BY_WRITERS,
  public: BY_WRITERS,
  push: BY_WRITERS,
  registry_package: BY_WRITERS,
  release: BY_WRITERS,
  // What it carries may be a stranger's words; who sends it decides what they may do.
  repository_dispatch: BY_WRITERS,
  schedule: BY_WRITERS,
  workflow_dispatch: BY_WRITERS,

  discussion: BY_ANYONE,
  discussion_comment: BY_ANYONE,
  fork: BY_ANYONE,
  gollum: BY_ANYONE,
  issues: BY_ANYONE,
  watch: BY_ANYONE,

  pull_request: WITHOUT_SECRETS,
  pull_request_review: WITHOUT_SECRETS,
  pull_request_review_comment: WITHOUT_SECRETS,

  // On an issue there is no change; on a pull request it does not say whose.
  issue_comment: ABOUT_A_CHANGE,
  pull_request_target: ABOUT_A_CHANGE,
  workflow_run: ABOUT_A_CHANGE,

  // A service reports on anybody's commit, and the event does not say whose that is.
  check_run: ABOUT_SOME_CHANGE,
  check_suite: ABOUT_SOME_CHANGE,
  status: ABOUT_SOME_CHANGE,
}

/** What may be mounted: anything, or only what is proved to be the repository's own. */
export type Rule =
  | { readonly kind: 'anything'; readonly because: string }
  | {
      readonly kind: 'own'
      readonly because: string
      /** A commit of the repository itself by what the event is; undefined where that is not known. */
      readonly workflowSha: string | undefined
    }

/** Decides by the event what has to be proved. Pure. What is not known needs proof. */
export function ruleOf(event: WorkflowEvent): Rule {
  if (event.kind === 'none') return anything('no workflow runs')
  const kind = eventKind(event.name)
  if (kind === undefined) return own('it is not known who can start it', undefined)
  if (kind.startedBy === 'writers') return anything('only who may write to the repository can start it')
  if (!kind.hasSecrets) return anything("GitHub gives it no secrets when the pull request is a fork's")
  if (kind.bringsChange === 'never') return anything('no commit of a stranger comes with it')
  const change = kind.bringsChange === 'unknown' ? 'unknown' : changeOf(event)
  switch (change) {
    case 'none':
      return anything('no commit of a stranger comes with it')
    case 'own':
      return anything('its change is on a branch of the repository itself')
    case 'fork':
      return own('anyone can start it, it has secrets, and it is about a fork', event.workflowSha)
    case 'unknown':
      return own('anyone can start it, it has secrets, and it does not say whose change it is about', event.workflowSha)
  }
}

/** A name from outside could be that of something that every object has. */
function eventKind(name: string): EventKind | undefined {
  return Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined
}

type Change = Exclude<WorkflowEvent, { kind: 'none' }>['change']

/** Whose change it is; of a `workflow_run` by the event behind it, too. */
function changeOf(event: Exclude<WorkflowEvent, { kind: 'none' }>): Change {
  if (event.name !== 'workflow_run' || event.change !== 'own') return event.change
  const behind = event.behind === undefined ? undefined : eventKind(event.behind)
  if (behind === undefined) return 'unknown'
  if (behind.startedBy === 'writers') return 'own'
  if (behind.bringsChange === 'never') return 'none'
  // Its head repository is that of the pull request. Behind a comment, or another run, it is always the base.
  return event.behind === 'pull_request_target' || !behind.hasSecrets ? 'own' : 'unknown'
}

function anything(because: string): Rule {
  return { kind: 'anything', because }
}

function own(because: string, workflowSha: string | undefined): Rule {
  return { kind: 'own', because, workflowSha }
}
