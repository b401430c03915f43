import { ApiError } from '../api/errors.ts'
import { rotateToken } from '../api/resources.ts'
import type { Step } from '../plan/plan.ts'
import type { MountedRepository } from './applied.ts'
import type { ApplyContext } from './apply-context.ts'
import { EffectError } from './effect.ts'

/**
 * Gives a repository that is mounted another token, if there is one. Not in the ledger: a token that was replaced is not
 * known any more, and the new one does no harm. @throws EffectError
 */
export async function renewToken(
  { sessionId, resource, repository, isFetched }: Extract<Step, { kind: 'rotate-token' }>,
  { client, repositoryToken }: ApplyContext,
): Promise<MountedRepository> {
  if (repositoryToken !== undefined) {
    await rotateToken(client, sessionId, resource.id, repositoryToken).catch((error: unknown) => {
      const failed = `the token of ${repository.url} on session ${sessionId} could not be renewed`
      throw error instanceof ApiError ? new EffectError(failed, error) : error
    })
  }
  const { id, mountPath, sha } = resource
  return { resourceId: id, mountPath, repository, mountedSha: sha, isFetched }
}
