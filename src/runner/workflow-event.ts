import { readFile } from 'node:fs/promises'
import { asObject, asText, type JsonObject, parseJson } from '../text/json.ts'

/** A commit that somebody proposes: the head of a pull request, or what an earlier workflow ran on. */
export interface Head {
  readonly sha: string
  readonly branch: string
  /** `owner/name`; undefined when the fork was deleted. */
  readonly repository: string | undefined
}

/** What started the workflow, as far as it says which commit the run is about. */
export type WorkflowEvent =
  /** No event: a local run. */
  | { readonly kind: 'none' }
  /** The event is about a commit of the repository itself. */
  | {
      readonly kind: 'commit'
      readonly subject: string
      readonly repository: string
      readonly sha: string
      readonly branch: string | undefined
      readonly tag: string | undefined
      /** A comment on a pull request: privileged, and silent about the pull request's head. */
      readonly isPullRequestComment: boolean
    }
  /** The event is about somebody's head. */
  | {
      readonly kind: 'head'
      readonly subject: string
      readonly repository: string
      readonly head: Head
      /** The synthetic merge that the runner checks out by default. */
      readonly mergeSha: string | undefined
      /** The workflow has secrets and a writing token, whoever the head is from. */
      readonly privileged: boolean
    }
  /** A branch or tag was deleted. */
  | { readonly kind: 'deleted'; readonly subject: string; readonly repository: string }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the event that started the workflow (`GITHUB_EVENT_NAME`, `GITHUB_EVENT_PATH` and the like). */
export async function readEvent(env: Environment): Promise<WorkflowEvent> {
  const path = env.GITHUB_EVENT_PATH
  const text = path === undefined || path === '' ? '' : await readFile(path, 'utf8').catch(() => '')
  return parseEvent(env, asObject(parseJson(text)) ?? {})
}

/** Pure; for `readEvent`. Fields as in GitHub's documentation of webhook payloads and of default variables. */
export function parseEvent(env: Environment, payload: JsonObject): WorkflowEvent {
  const name = env.GITHUB_EVENT_NAME ?? ''
  const repository = env.GITHUB_REPOSITORY ?? ''
  const sha = env.GITHUB_SHA ?? ''
  if (name === '' || repository === '') return { kind: 'none' }
  const pullRequest = asObject(payload.pull_request)
  if (pullRequest !== undefined) return pullRequestEvent(name, repository, sha, pullRequest)
  if (name === 'workflow_run') {
    const run = asObject(payload.workflow_run)
    if (run !== undefined) return workflowRunEvent(repository, run)
  }
  if (payload.deleted === true)
    return { kind: 'deleted', subject: `${name} that deleted ${asText(payload.ref) ?? 'a ref'}`, repository }
  return sha === '' ? { kind: 'none' } : commitEvent(name, repository, sha, env.GITHUB_REF ?? '', payload)
}

function commitEvent(name: string, repository: string, sha: string, ref: string, payload: JsonObject): WorkflowEvent {
  const mergeGroup = asObject(payload.merge_group)
  return {
    kind: 'commit',
    subject: name,
    repository,
    // For an annotated tag, the payload's `after` is the tag object; the head commit is the commit.
    sha: asText(asObject(payload.head_commit)?.id) ?? asText(mergeGroup?.head_sha) ?? sha,
    branch: after('refs/heads/', asText(mergeGroup?.head_ref) ?? ref),
    tag: after('refs/tags/', ref),
    isPullRequestComment: name === 'issue_comment' && asObject(payload.issue)?.pull_request !== undefined,
  }
}

function pullRequestEvent(name: string, repository: string, sha: string, pullRequest: JsonObject): WorkflowEvent {
  const privileged = name === 'pull_request_target'
  const head = asObject(pullRequest.head) ?? {}
  return {
    kind: 'head',
    subject: `${name} #${String(pullRequest.number)}`,
    repository: asText(asObject(asObject(pullRequest.base)?.repo)?.full_name) ?? repository,
    head: {
      sha: asText(head.sha) ?? '',
      branch: asText(head.ref) ?? '',
      repository: asText(asObject(head.repo)?.full_name),
    },
    // `merge_commit_sha` lags behind or is null on a fresh pull request; GITHUB_SHA is the merge, but not on this event.
    mergeSha: privileged ? asText(pullRequest.merge_commit_sha) : sha || undefined,
    privileged,
  }
}

function workflowRunEvent(repository: string, run: JsonObject): WorkflowEvent {
  return {
    kind: 'head',
    subject: `workflow_run of ${asText(run.event) ?? 'an event'}`,
    repository,
    head: {
      sha: asText(run.head_sha) ?? '',
      branch: asText(run.head_branch) ?? '',
      repository: asText(asObject(run.head_repository)?.full_name),
    },
    mergeSha: undefined,
    privileged: true,
  }
}

/** Whether the head is from another repository than the one that the workflow belongs to, or from one that is gone. */
export function isFork(event: Extract<WorkflowEvent, { kind: 'head' }>): boolean {
  return event.head.repository?.toLowerCase() !== event.repository.toLowerCase()
}

function after(prefix: string, ref: string): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined
}
