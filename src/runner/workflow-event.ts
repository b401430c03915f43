import { readFile } from 'node:fs/promises'
import { parseJson, read } from '../text/json.ts'
import { type Payload, webhookPayload } from './webhook-payload.ts'

/** A commit that somebody proposes: the head of a pull request, or what an earlier workflow ran on. */
interface Head {
  readonly sha: string
  readonly branch: string
  /** `owner/name`; undefined when the fork was deleted. */
  readonly repository: string | undefined
}

/** What every event says. */
export interface EventSource {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string
  /** The event in words, for messages. */
  readonly subject: string
  /** The repository that the workflow belongs to. */
  readonly repository: string
  /** `GITHUB_SHA`. */
  readonly workflowSha: string | undefined
  /** Branches of that repository that it names, the likeliest first. */
  readonly branches: readonly string[]
  /** Whose change the workflow is about: `unknown` where there is one, and the event does not say whose. */
  readonly change: 'none' | 'own' | 'fork' | 'unknown'
  /** Of a `workflow_run`: the event that started the workflow before. */
  readonly behind: string | undefined
}

/** What started the workflow, as far as it says which commit the run is about. */
export type WorkflowEvent =
  /** No event: a local run. */
  | { readonly kind: 'none' }
  /** The event is about a commit of the repository itself. */
  | (EventSource & {
      readonly kind: 'commit'
      readonly sha: string
      readonly branch: string | undefined
      readonly tag: string | undefined
    })
  /** The event is about somebody's head. */
  | (EventSource & {
      readonly kind: 'head'
      readonly head: Head
      /** The merge that GitHub makes to test the pull request, and the runner checks out by default; on no branch. */
      readonly mergeSha: string | undefined
    })
  /** A branch or tag was deleted. */
  | (EventSource & { readonly kind: 'deleted' })
  /** The event is about something that only its payload names, and that cannot be read. */
  | (EventSource & { readonly kind: 'unreadable'; readonly problem: string })

/** GitHub gives a workflow of these events no secrets when the pull request is from a fork. */
export const FORKS_GET_NO_SECRETS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
])

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the event that started the workflow (`GITHUB_EVENT_NAME`, `GITHUB_EVENT_PATH` and the like). */
export async function readEvent(env: Environment): Promise<WorkflowEvent> {
  const path = env.GITHUB_EVENT_PATH
  const json = path === undefined || path === '' ? '' : await readFile(path, 'utf8').catch(() => '')
  return parseEvent(env, parseJson(json))
}

/** Where an event's payload says what it is about. Without that, these events do not tell whose change they bring. */
const SUBJECT_OF: Readonly<Record<string, 'pull_request' | 'workflow_run' | 'issue'>> = {
  pull_request: 'pull_request',
  pull_request_review: 'pull_request',
  pull_request_review_comment: 'pull_request',
  pull_request_target: 'pull_request',
  workflow_run: 'workflow_run',
  issue_comment: 'issue',
}

/** Pure; for `readEvent`. Variables as in GitHub's documentation of default variables. */
export function parseEvent(env: Environment, json: unknown): WorkflowEvent {
  const payload = read(webhookPayload, json) ?? {}
  const name = env.GITHUB_EVENT_NAME ?? ''
  const repository = env.GITHUB_REPOSITORY ?? ''
  if (name === '' || repository === '') return { kind: 'none' }
  const source = sourceOf(name, repository, env, payload)
  const subject = SUBJECT_OF[name]
  if (subject !== undefined && payload[subject] === undefined) return unreadableEvent(source, subject)
  const { pull_request, workflow_run, deleted, ref = 'a ref' } = payload
  if (pull_request !== undefined) return pullRequestEvent(source, env.GITHUB_REF ?? '', pull_request)
  if (name === 'workflow_run' && workflow_run !== undefined) return workflowRunEvent(source, workflow_run)
  if (deleted) return { ...source, kind: 'deleted', subject: `${name} that deleted ${ref}` }
  return source.workflowSha === undefined ? { kind: 'none' } : commitEvent(source, env.GITHUB_REF ?? '', payload)
}

function sourceOf(name: string, repository: string, env: Environment, payload: Payload): EventSource {
  return {
    name,
    subject: name,
    repository,
    workflowSha: env.GITHUB_SHA || undefined,
    branches: branchesOf(env.GITHUB_REF ?? '', payload),
    // A change that comes with an event of another name is somebody's, too.
    change: payload.issue?.pull_request === undefined ? 'none' : 'unknown',
    behind: undefined,
  }
}

function branchesOf(ref: string, payload: Payload): readonly string[] {
  const names = [
    after('refs/heads/', ref),
    payload.pull_request?.base?.ref,
    payload.repository?.default_branch,
    (payload.check_suite ?? payload.check_run?.check_suite)?.head_branch,
  ]
  return [...new Set(names.filter((each) => each !== undefined))]
}

function unreadableEvent(source: EventSource, field: string): WorkflowEvent {
  const problem = `the file at GITHUB_EVENT_PATH is missing, is not JSON, or has no \`${field}\``
  return { ...source, kind: 'unreadable', change: 'unknown', problem }
}

function commitEvent(source: EventSource, ref: string, payload: Payload): WorkflowEvent {
  const { head_commit, merge_group } = payload
  return {
    ...source,
    kind: 'commit',
    // For an annotated tag, the payload's `after` is the tag object; the head commit is the commit.
    sha: head_commit?.id ?? merge_group?.head_sha ?? source.workflowSha ?? '',
    branch: after('refs/heads/', merge_group?.head_ref ?? ref),
    tag: after('refs/tags/', ref),
  }
}

function pullRequestEvent(
  source: EventSource,
  ref: string,
  { number, head, base, merged, merge_commit_sha }: NonNullable<Payload['pull_request']>,
): WorkflowEvent {
  if (head === undefined) return unreadableEvent(source, 'pull_request.head')
  const repository = base?.repo?.full_name ?? source.repository
  // `merge_commit_sha` lags behind or is null on a fresh pull request; GITHUB_SHA is the merge where GITHUB_REF says so.
  const isOnMerge = /^refs\/pull\/\d+\/merge$/.test(ref)
  const announced = merged ? undefined : merge_commit_sha
  return {
    ...source,
    kind: 'head',
    subject: `${source.name} #${String(number)}`,
    repository,
    head: { sha: head.sha, branch: head.ref, repository: head.repo?.full_name },
    mergeSha: isOnMerge ? source.workflowSha : announced,
    change: isSameName(head.repo?.full_name, repository) ? 'own' : 'fork',
  }
}

function workflowRunEvent(source: EventSource, run: NonNullable<Payload['workflow_run']>): WorkflowEvent {
  const { event: behind, head_sha: sha, head_branch: branch } = run
  const repository = run.head_repository?.full_name
  if (sha === undefined) return unreadableEvent(source, 'workflow_run.head_sha')
  const about = {
    ...source,
    subject: `workflow_run of ${behind ?? 'an event'}`,
    change: isSameName(repository, source.repository) ? 'own' : 'fork',
    behind,
  } as const
  // That event runs on a commit of the base, whose branch it does not name: `head_branch` is the pull request's.
  if (behind === 'pull_request_target') return { ...about, kind: 'commit', sha, branch: undefined, tag: undefined }
  return { ...about, kind: 'head', head: { sha, branch, repository }, mergeSha: undefined }
}

function isSameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase()
}

function after(prefix: string, ref: string): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined
}
