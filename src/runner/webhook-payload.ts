import * as v from 'valibot'
import { lenient, text } from '../text/json.ts'

const repository = lenient(v.object({ full_name: lenient(text) }))

const pullRequest = v.object({
  number: v.optional(v.unknown()),
  head: lenient(v.object({ sha: text, ref: v.fallback(text, ''), repo: repository })),
  base: lenient(v.object({ ref: lenient(text), repo: repository })),
  merged: lenient(v.boolean()),
  merge_commit_sha: lenient(text),
})

const workflowRun = v.object({
  event: lenient(text),
  head_sha: lenient(text),
  head_branch: v.fallback(text, ''),
  head_repository: repository,
})

const suite = lenient(v.object({ head_branch: lenient(text) }))

/** What is read of the payload of an event that starts a workflow; fields as in GitHub's documentation of webhook payloads. */
export const webhookPayload = v.object({
  ref: lenient(text),
  deleted: lenient(v.boolean()),
  repository: lenient(v.object({ default_branch: lenient(text) })),
  pull_request: lenient(pullRequest),
  workflow_run: lenient(workflowRun),
  issue: lenient(v.object({ pull_request: lenient(v.object({})) })),
  check_suite: suite,
  check_run: lenient(v.object({ check_suite: suite })),
  head_commit: lenient(v.object({ id: lenient(text) })),
  merge_group: lenient(v.object({ head_sha: lenient(text), head_ref: lenient(text) })),
})

export type Payload = v.InferOutput<typeof webhookPayload>
