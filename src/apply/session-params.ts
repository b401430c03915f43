import type {
  BetaManagedAgentsGitHubRepositoryResourceParams,
  BetaManagedAgentsMemoryStoreResourceParam,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { budgetOf, type CreateSessionParams } from '../api/sessions.ts'
import { type Prompt, userEvent } from '../api/user-event.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { SessionCleanup } from '../ledger/cleanup-settings.ts'
import { CLEANUP_METADATA, REPLACES_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import type { Step } from '../plan/plan.ts'

export type Creation = Extract<Step, { kind: 'create-session' }> & {
  /** The id of the upload of a file. */
  readonly uploadOf: (file: DesiredFile) => string
  /** What the session is told at once. */
  readonly opening: Prompt | undefined
}

export interface CreationDetails {
  readonly runKey: string
  readonly sessionCleanup: SessionCleanup
  /** Secret. */
  readonly repositoryToken: string | undefined
}

/** The body that creates a session with all its resources. Holds the repository's token: not to be logged. */
export function sessionParams(
  { create, isNamed, files, repository, memoryStores, replaces, uploadOf, opening }: Creation,
  { runKey, sessionCleanup, repositoryToken }: CreationDetails,
): CreateSessionParams {
  const { agentId, agentVersion, environmentId, title, vaultIds, metadata, budgetCents } = create
  // A sweep cannot tell whether others have come to share a session by its name; the next run of that name finds it.
  const isForSweep = sessionCleanup !== 'keep' && !isNamed
  return {
    agent: agentVersion === undefined ? agentId : { type: 'agent', id: agentId, version: agentVersion },
    environment_id: environmentId,
    ...(title === undefined ? {} : { title }),
    metadata: {
      ...metadata,
      [RUN_KEY_METADATA]: runKey,
      ...(isForSweep ? { [CLEANUP_METADATA]: sessionCleanup } : {}),
      ...(replaces === undefined ? {} : { [REPLACES_METADATA]: replaces }),
    },
    ...(vaultIds.length === 0 ? {} : { vault_ids: [...vaultIds] }),
    ...(budgetCents === undefined ? {} : { budget: budgetOf(budgetCents) }),
    resources: [
      ...(repository === undefined ? [] : [repositoryParams(repository, repositoryToken)]),
      ...memoryStores.map(memoryStoreParams),
      ...files.map((file) => ({ type: 'file' as const, file_id: uploadOf(file), mount_path: file.mountPath })),
    ],
    ...(opening === undefined ? {} : { initial_events: [userEvent(opening)] }),
  }
}

function repositoryParams(
  { url, checkout, mountPath }: DesiredRepository,
  token: string | undefined,
): BetaManagedAgentsGitHubRepositoryResourceParams {
  return {
    type: 'github_repository',
    url,
    ...(token === undefined ? {} : { authorization_token: token }),
    ...(checkout === undefined ? {} : { checkout }),
    ...(mountPath === undefined ? {} : { mount_path: mountPath }),
  }
}

function memoryStoreParams({ id, access, instructions }: MemoryStore): BetaManagedAgentsMemoryStoreResourceParam {
  return {
    type: 'memory_store',
    memory_store_id: id,
    ...(access === undefined ? {} : { access }),
    ...(instructions === undefined ? {} : { instructions }),
  }
}
