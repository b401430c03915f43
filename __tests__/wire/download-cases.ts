import { downloadFile } from '../../src/api/file-content.ts'
import { uploadedFile } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

export const downloadCases: WireCases = {
  downloadFile: {
    'an id as the service makes them': content('file_011CNha8iCJcU1wXNR6q4V8w'),
    'an id with a dash, as other servers make them': content('file-3f9c2a7b'),
    'an id of all that ids are made of': content('file-A_9'),
  },
}

function content(id: string): WireCase {
  const sink = { restart: async () => {}, write: async () => {} }
  return {
    ours: (client) => downloadFile(client, id, undefined, sink),
    sdk: async (anthropic) => (await anthropic.files.download(id)).arrayBuffer(),
    replies: [uploadedFile],
  }
}
