import { deleteFile, listFiles, retrieveFile, uploadFile } from '../../src/api/files.ts'
import type { FileSource } from '../../src/api/multipart.ts'
import { uploadName } from '../../src/desired/files/upload-name.ts'
import { deletedFile, pages, uploadedFile } from './replies.ts'
import type { WireCase, WireCases } from './wire-case.ts'

const MARK = '52d04f6e7c1e09ab3d5f8a20'
const FINGERPRINT = '3f9c2a7b1d4e'

export const fileCases: WireCases = {
  uploadFile: {
    'a plain name': upload('reports/report.csv', ['a,b\r\n', '1,2\r\n']),
    'a name with spaces, quotes and percent signs': upload(`in/it's "final" 100%22 \\ [1]; a=b.csv`, ['a,b\n']),
    'a name in many scripts': upload('données/Überblick 日本語 🎉 e\u0301.csv', ['é']),
    'a long name': upload(`${'ä'.repeat(120)}.json`, ['{}']),
    'a name without extension': upload('Makefile', ['all:\n']),
    'no content': upload('empty.txt', []),
    'bytes that look like a boundary': upload('tricky.bin', [
      '\r\n--',
      '----formdata-undici-0--\r\n',
      '\0\xff\r\n--\r\n',
    ]),
    'the longest expiry': upload('report.csv', ['a'], 7_776_000),
  },
  retrieveFile: {
    'an id as the service makes them': retrieve('file_011CNha8iCJcU1wXNR6q4V8w'),
    'an id of all that ids are made of': retrieve('file-A_9'),
  },
  listFiles: {
    'of a session': listOfSession(null),
    'of a session, in two pages': listOfSession('page_a+b/c==&d'),
    'of all': {
      ours: (client) => Array.fromAsync(listFiles(client)),
      sdk: (anthropic) => anthropic.beta.files.list({ limit: 1000, betas: ['managed-agents-2026-04-01'] }),
      replies: [{ data: [uploadedFile], next_page: null }],
    },
    'by ids': {
      ours: (client) => Array.fromAsync(listFiles(client, { ids: ['file_1', 'file_2'] })),
      sdk: (anthropic) => anthropic.files.list({ ids: ['file_1', 'file_2'] }),
      replies: [{ data: [uploadedFile], next_page: null }],
    },
  },
  deleteFile: {
    'an id as the service makes them': remove('file_011CNha8iCJcU1wXNR6q4V8w'),
    'an id with a dash, as other servers make them': remove('file-3f9c2a7b'),
    'an id of all that ids are made of': remove('file-A_9'),
  },
}

function upload(path: string, chunks: readonly string[], expiresInSeconds = 86_400): WireCase {
  const content = chunks.map((chunk) => Buffer.from(chunk, 'latin1'))
  const file: FileSource = {
    filename: uploadName({ mountPath: `/${path}`, fingerprint: FINGERPRINT }, MARK),
    size: Buffer.concat(content).length,
    read: async function* () {
      yield* content
    },
  }
  return {
    ours: (client) => uploadFile(client, file, expiresInSeconds),
    sdk: (anthropic) =>
      anthropic.files.upload({ file: new File(content, file.filename), expires_in_seconds: expiresInSeconds }),
    replies: [uploadedFile],
  }
}

function retrieve(id: string): WireCase {
  return {
    ours: (client) => retrieveFile(client, id),
    sdk: (anthropic) => anthropic.files.retrieveMetadata(id),
    replies: [uploadedFile],
  }
}

function listOfSession(next: string | null): WireCase {
  return {
    ours: (client) => Array.fromAsync(listFiles(client, { scope_id: 'sesn_1' })),
    sdk: (anthropic) =>
      Array.fromAsync(
        anthropic.beta.files.list({ scope_id: 'sesn_1', limit: 1000, betas: ['managed-agents-2026-04-01'] }),
      ),
    replies: pages([uploadedFile], next),
  }
}

function remove(id: string): WireCase {
  return {
    ours: (client) => deleteFile(client, id),
    sdk: (anthropic) => anthropic.files.delete(id),
    replies: [deletedFile],
  }
}
