import type { RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'

/** What to check out, before GitHub was asked. A `ref` may be a branch, a tag or a commit; GitHub knows. */
export type Checkout =
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'default' }

/** The decision, with its reason, or why there is none. */
export type Decision =
  | {
      readonly ok: true
      readonly repository: RepositoryName
      readonly checkout: Checkout
      readonly reason: string
      readonly warning?: string
    }
  | { readonly ok: false; readonly refusal: string }

export type Decided = Extract<Decision, { ok: true }>

export type HeadEvent = Extract<WorkflowEvent, { kind: 'head' }>

export function decided(repository: RepositoryName, checkout: Checkout, reason: string): Decision {
  return { ok: true, repository, checkout, reason }
}

export function refused(refusal: string): Decision {
  return { ok: false, refusal }
}

export function short(sha: string): string {
  return sha.slice(0, 7)
}
