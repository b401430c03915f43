import { readFile } from 'node:fs/promises'
import { asObject, asText, type JsonObject, parseJson } from '../text/json.ts'

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
  const text = path === undefined || path === '' ? '' : await readFile(path, 'utf8').catch(() => '')
  return parseEvent(env, asObject(parseJson(text)) ?? {})
}

/** Where an event's payload says what it is about. Without that, these events do not tell whose change they bring. */
const SUBJECT_OF: Readonly<Record<string, string>> = {
  pull_request: 'pull_request',
  pull_request_review: 'pull_request',
  pull_request_review_comment: 'pull_request',
  pull_request_target: 'pull_request',
  workflow_run: 'workflow_run',
  issue_comment: 'issue',
}

/** Pure; for `readEvent`. Fields as in GitHub's documentation of webhook payloads and of default variables. */
export function parseEvent(env: Environment, payload: JsonObject): WorkflowEvent {
  const name = env.GITHUB_EVENT_NAME ?? ''
  const repository = env.GITHUB_REPOSITORY ?? ''
  if (name === '' || repository === '') return { kind: 'none' }
  const source = sourceOf(name, repository, env, payload)
  const subject = SUBJECT_OF[name]
  if (subject !== undefined && asObject(payload[subject]) === undefined) return unreadableEvent(source, subject)
  const pullRequest = asObject(payload.pull_request)
  if (pullRequest !== undefined) return pullRequestEvent(source, env.GITHUB_REF ?? '', pullRequest)
  const run = name === 'workflow_run' ? asObject(payload.workflow_run) : undefined
  if (run !== undefined) return workflowRunEvent(source, run)
  if (payload.deleted === true)
    return { ...source, kind: 'deleted', subject: `${name} that deleted ${asText(payload.ref) ?? 'a ref'}` }
  return source.workflowSha === undefined ? { kind: 'none' } : commitEvent(source, env.GITHUB_REF ?? '', payload)
}

function sourceOf(name: string, repository: string, env: Environment, payload: JsonObject): EventSource {
  return {
    name,
    subject: name,
    repository,
    workflowSha: env.GITHUB_SHA || undefined,
    branches: branchesOf(env.GITHUB_REF ?? '', payload),
    // A change that comes with an event of another name is somebody's, too.
    change: asObject(asObject(payload.issue)?.pull_request) === undefined ? 'none' : 'unknown',
    behind: undefined,
  }
}

function branchesOf(ref: string, payload: JsonObject): readonly string[] {
  const suite = asObject(payload.check_suite) ?? asObject(asObject(payload.check_run)?.check_suite)
  const names = [
    after('refs/heads/', ref),
    asText(asObject(asObject(payload.pull_request)?.base)?.ref),
    asText(asObject(payload.repository)?.default_branch),
    asText(suite?.head_branch),
  ]
  return [...new Set(names.filter((each) => each !== undefined))]
}

function unreadableEvent(source: EventSource, field: string): WorkflowEvent {
  const problem = `the file at GITHUB_EVENT_PATH is missing, is not JSON, or has no \`${field}\``
  return { ...source, kind: 'unreadable', change: 'unknown', problem }
}

function commitEvent(source: EventSource, ref: string, payload: JsonObject): WorkflowEvent {
  const mergeGroup = asObject(payload.merge_group)
  return {
    ...source,
    kind: 'commit',
    // For an annotated tag, the payload's `after` is the tag object; the head commit is the commit.
    sha: asText(asObject(payload.head_commit)?.id) ?? asText(mergeGroup?.head_sha) ?? source.workflowSha ?? '',
    branch: after('refs/heads/', asText(mergeGroup?.head_ref) ?? ref),
    tag: after('refs/tags/', ref),
  }
}

function pullRequestEvent(source: EventSource, ref: string, pullRequest: JsonObject): WorkflowEvent {
  const head = headOf(asObject(pullRequest.head), 'ref')
  const repository = asText(asObject(asObject(pullRequest.base)?.repo)?.full_name) ?? source.repository
  if (head === undefined) return unreadableEvent(source, 'pull_request.head')
  // `merge_commit_sha` lags behind or is null on a fresh pull request; GITHUB_SHA is the merge where GITHUB_REF says so.
  const isOnMerge = /^refs\/pull\/\d+\/merge$/.test(ref)
  const announced = pullRequest.merged === true ? undefined : asText(pullRequest.merge_commit_sha)
  return {
    ...source,
    kind: 'head',
    subject: `${source.name} #${String(pullRequest.number)}`,
    repository,
    head,
    mergeSha: isOnMerge ? source.workflowSha : announced,
    change: isSameName(head.repository, repository) ? 'own' : 'fork',
  }
}

function workflowRunEvent(source: EventSource, run: JsonObject): WorkflowEvent {
  const behind = asText(run.event)
  const repository = asText(asObject(run.head_repository)?.full_name)
  const head = headOf(run, 'head_branch')
  if (head === undefined) return unreadableEvent(source, 'workflow_run.head_sha')
  const about = {
    ...source,
    subject: `workflow_run of ${behind ?? 'an event'}`,
    change: isSameName(repository, source.repository) ? 'own' : 'fork',
    behind,
  } as const
  // That event runs on a commit of the base, whose branch it does not name: `head_branch` is the pull request's.
  if (behind === 'pull_request_target')
    return { ...about, kind: 'commit', sha: head.sha, branch: undefined, tag: undefined }
  return { ...about, kind: 'head', head: { ...head, repository }, mergeSha: undefined }
}

function headOf(json: JsonObject | undefined, branch: 'ref' | 'head_branch'): Head | undefined {
  const sha = asText(json?.sha) ?? asText(json?.head_sha)
  if (sha === undefined) return undefined
  return { sha, branch: asText(json?.[branch]) ?? '', repository: asText(asObject(json?.repo)?.full_name) }
}

/** Whether the head is from another repository than the one that the workflow belongs to, or from one that is gone. */
export function isFork(event: Extract<WorkflowEvent, { kind: 'head' }>): boolean {
  return !isSameName(event.head.repository, event.repository)
}

function isSameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase()
}

function after(prefix: string, ref: string): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined
}
