import type { PageCursorResponse } from '@anthropic-ai/sdk/core/pagination'
import type {
  BetaManagedAgentsDeletedSession,
  BetaManagedAgentsSession,
} from '@anthropic-ai/sdk/resources/beta/sessions'
import type {
  BetaManagedAgentsSendSessionEvents,
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsUserDefineOutcomeEvent,
  BetaManagedAgentsUserMessageEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type {
  BetaManagedAgentsDeleteSessionResource,
  BetaManagedAgentsFileResource,
  BetaManagedAgentsGitHubRepositoryResource,
  BetaManagedAgentsSessionResource,
} from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import type { DeletedFile, FileMetadata } from '@anthropic-ai/sdk/resources/files'

/** What the recorder may answer; the types are the SDK's. */
export type Reply =
  | FileMetadata
  | DeletedFile
  | BetaManagedAgentsSession
  | BetaManagedAgentsDeletedSession
  | PageCursorResponse<BetaManagedAgentsSession>
  | BetaManagedAgentsFileResource
  | BetaManagedAgentsGitHubRepositoryResource
  | BetaManagedAgentsDeleteSessionResource
  | PageCursorResponse<BetaManagedAgentsSessionResource>
  | PageCursorResponse<BetaManagedAgentsSessionEvent>
  | PageCursorResponse<FileMetadata>
  | BetaManagedAgentsSendSessionEvents

const NOON = '2026-11-21T12:00:00Z'

export const uploadedFile: FileMetadata = {
  id: 'file_011CNha8iCJcU1wXNR6q4V8w',
  type: 'file',
  filename: 'report.csv',
  mime_type: 'text/csv',
  size_bytes: 2048,
  created_at: NOON,
  downloadable: false,
  expires_at: '2026-11-22T12:00:00Z',
}

export const deletedFile: DeletedFile = { id: uploadedFile.id, type: 'file_deleted' }

export const mountedFile: BetaManagedAgentsFileResource = {
  id: 'sesrsc_011CZkZBJq5dWxk9fVLNcPht',
  type: 'file',
  file_id: 'file_011CZkZCopyOfTheUpload1',
  mount_path: '/mnt/session/uploads/in/report.csv',
  created_at: NOON,
  updated_at: NOON,
}

export const mountedRepository: BetaManagedAgentsGitHubRepositoryResource = {
  id: 'sesrsc_011CZkZCRepositoryOfTheRun',
  type: 'github_repository',
  url: 'https://github.com/octo-org/app',
  mount_path: '/workspace/app',
  checkout: { type: 'commit', sha: '1a2b3c4d'.repeat(5) },
  created_at: NOON,
  updated_at: NOON,
}

export const deletedResource: BetaManagedAgentsDeleteSessionResource = {
  id: mountedFile.id,
  type: 'session_resource_deleted',
}

export const session: BetaManagedAgentsSession = {
  id: 'sesn_011CZkZAtmR3yMPDzynEDxu7',
  type: 'session',
  status: 'idle',
  agent: {
    id: 'agent_011CZkYpogX7uDKUyvBTophP',
    type: 'agent',
    version: 3,
    name: 'reviewer',
    description: null,
    execution_identity: { type: 'service_account' },
    mcp_servers: [],
    model: { id: 'claude-opus-4-6' },
    multiagent: null,
    skills: [],
    system: null,
    tools: [],
  },
  environment_id: 'env_011CZkZ9X2dpNyB7HsEFoRfW',
  title: 'PR 42 review',
  metadata: {},
  resources: [mountedFile],
  vault_ids: [],
  outcome_evaluations: [],
  budget: null,
  stats: {},
  usage: {},
  created_at: NOON,
  updated_at: NOON,
  archived_at: null,
}

export const archivedSession: BetaManagedAgentsSession = { ...session, status: 'terminated', archived_at: NOON }

export const deletedSession: BetaManagedAgentsDeletedSession = { id: session.id, type: 'session_deleted' }

export const userMessage: BetaManagedAgentsUserMessageEvent = {
  id: 'sevt_011CZkZMessageOfTheWorkflow1',
  type: 'user.message',
  content: [{ type: 'text', text: 'Go' }],
  processed_at: null,
}

export const outcome: BetaManagedAgentsUserDefineOutcomeEvent = {
  id: 'sevt_011CZkZOutcomeOfTheWorkflow1',
  type: 'user.define_outcome',
  outcome_id: 'outc_011CZkZOutcome1',
  description: 'Write the report.',
  rubric: { type: 'text', content: 'Every figure stands in the data.' },
  max_iterations: 5,
  processed_at: NOON,
}

export const agentMessage: BetaManagedAgentsSessionEvent = {
  id: 'sevt_011CZkZMessageOfTheAgent123',
  type: 'agent.message',
  content: [{ type: 'text', text: 'Done: "données" 🎉' }],
  processed_at: NOON,
}

/** A list in one page, or, where there is a next one, in two of the same. */
export function pages<T extends { readonly id: string }>(data: T[], next: string | null): PageCursorResponse<T>[] {
  return (next === null ? [null] : [next, null]).map((next_page) => ({ data, next_page }))
}
