import type { Inputs } from '../inputs/mount-inputs.ts'
import type { Plan } from '../plan/plan.ts'

/** The workflow's own token is revoked when the job ends; the session may clone again after that. */
export function tokenWarning(inputs: Inputs, { steps, sessionId }: Plan): string | undefined {
  const { cleanup, tokenDiesWithJob, repository, conversation } = inputs
  const uses = steps.some(
    (step) => step.kind === 'rotate-token' || (step.kind === 'create-session' && step.repository !== undefined),
  )
  const outlives = sessionId !== undefined || cleanup.cleanup !== 'always' || cleanup.sessionCleanup === 'keep'
  // The agent is done when the job ends, and the next push comes with a token of its own.
  const isRenewed = repository?.onNewCommit !== 'error' && conversation?.waitSeconds !== undefined
  if (!uses || !outlives || !tokenDiesWithJob || isRenewed) return undefined
  return 'The session outlives this job, but the token that it clones with is the workflow’s own, which dies with the job. Pass a personal or GitHub App token as `github-token`, or renew it from a later job: the same `repository` and checkout with this `session-id`.'
}
