import type { BetaManagedAgentsSessionResource } from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import { addFile, deleteResource, listResources, rotateToken } from '../../src/api/resources.ts'
import { deletedResource, mountedFile, mountedRepository, type Reply, session } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

const PAGE: readonly BetaManagedAgentsSessionResource[] = [
  mountedFile,
  { type: 'memory_store', memory_store_id: 'memstore_1' },
]

/** Every character that may stand in a header. */
const PRINTABLE = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index))

export const resourceCases: WireCases = {
  addFile: {
    'at a mount path': add('/in/report.csv'),
    'at a mount path with odd characters': add('/in/a "b" \\ #1 [x]: 日本語 🎉.csv'),
  },
  listResources: {
    'in one page': list([{ data: [...PAGE], next_page: null }]),
    'in two pages': list([
      { data: [...PAGE], next_page: 'page_a+b/c==&d' },
      { data: [...PAGE], next_page: null },
    ]),
  },
  rotateToken: {
    'of a workflow': rotate(
      session.id,
      mountedRepository.id,
      ['ghs', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_'),
    ),
    'with every character that a token may have': rotate(session.id, mountedRepository.id, PRINTABLE),
    'by ids of all that ids are made of': rotate('sesn-A_9', 'sesrsc-A_9', 'github_pat_1'),
  },
  deleteResource: {
    'by id': remove(session.id, mountedFile.id),
    'by ids of all that ids are made of': remove('sesn-A_9', 'sesrsc-A_9'),
  },
}

function add(mountPath: string): WireCase {
  const params = { type: 'file', file_id: 'file_1', mount_path: mountPath } as const
  return {
    ours: (client) => addFile(client, session.id, params),
    sdk: (anthropic) => anthropic.beta.sessions.resources.add(session.id, params),
    replies: [mountedFile],
  }
}

function list(replies: readonly Reply[]): WireCase {
  return {
    ours: (client) => listResources(client, session.id),
    sdk: async (anthropic) => {
      // We ask for the most that a page may hold; the SDK is told to, since it has no preference of its own.
      for await (const _resource of anthropic.beta.sessions.resources.list(session.id, { limit: 1000 }));
    },
    replies,
  }
}

function remove(sessionId: string, resourceId: string): WireCase {
  return {
    ours: (client) => deleteResource(client, sessionId, resourceId),
    sdk: (anthropic) => anthropic.beta.sessions.resources.delete(resourceId, { session_id: sessionId }),
    replies: [deletedResource],
  }
}

function rotate(sessionId: string, resourceId: string, token: string): WireCase {
  return {
    ours: (client) => rotateToken(client, sessionId, resourceId, token),
    sdk: (anthropic) =>
      anthropic.beta.sessions.resources.update(resourceId, { session_id: sessionId, authorization_token: token }),
    replies: [mountedRepository],
  }
}
