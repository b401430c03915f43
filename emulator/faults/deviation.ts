import { invalid } from '../http/problem.ts'

/**
 * Differences from Anthropic's server, for clients that must get along with them, each with the open server that was seen to
 * do so in its source; `likely` where none was.
 */
export const DEVIATIONS = {
  addAnswers201: 'adding a resource answers 201 (openma-ai/open-managed-agents)',
  createAnswers201: 'creating a session answers 201 (openma-ai/open-managed-agents)',
  dashedIds: 'ids read file-… and not file_… (sudalk/open-managed-agents)',
  noUpdatedAt: 'no object has updated_at (openma-ai/open-managed-agents)',
  noNextPage: 'no list has next_page (openma-ai/open-managed-agents)',
  resourceDeleted: 'deleting a resource answers with the type resource_deleted (openma-ai/open-managed-agents)',
  emptyResources: 'resources of a session are empty on retrieve and in lists (openma-ai/open-managed-agents)',
  ignoresOrder: 'lists come in their default order, whatever order says (openma-ai/open-managed-agents)',
  eventsAnswer202: 'sending events answers 202 without a body (openma-ai/open-managed-agents)',
  dropsMetadata: 'metadata given at creation are not kept (openma-ai/open-managed-agents)',
  ignoresIds: 'the filter ids of files is ignored (sudalk/open-managed-agents)',
  skipsUnknownFiles: 'files that are not there are left out of a new session (openma-ai/open-managed-agents)',
  plainScope: 'a file has scope_id in place of scope (sudalk/open-managed-agents)',
  plainErrors: 'refusals are plain text (open-ma/open-managed-agents, as its framework does by itself)',
  noRetryAfter: 'a 429 does not say when to come back (sudalk/open-managed-agents)',
  noWorkspaceId: 'no reply names its workspace (openma-ai/open-managed-agents)',
  conflictOnConcurrentAdds: 'likely: an add that meets another one on the same session gets 409',
  shortUploads: 'likely: the reply to an upload says that a byte less was stored than was sent',
  noFilenames: 'likely: no file has a filename',
  unnamedFiles: 'likely: the filename of every file is unnamed',
  noScopeFilter: 'likely: scope_id is ignored, and no file has a scope',
  scopeRefused: 'likely: scope_id is refused',
  lateLists: 'likely: lists show a file, session or resource only 800 ms after it was made',
  veryLateLists: 'likely: lists show a file, session or resource only five seconds after it was made',
} as const

export type Deviations = Readonly<Partial<Record<keyof typeof DEVIATIONS, boolean>>>

/** Deviations by their names; throws on one that is unknown. */
export function decodeDeviations(names: readonly string[]): Deviations {
  const unknown = names.find((name) => !Object.hasOwn(DEVIATIONS, name))
  if (unknown !== undefined) throw invalid(`"${unknown}" is none of ${Object.keys(DEVIATIONS).join(', ')}`)
  return Object.fromEntries(names.map((name) => [name, true]))
}
