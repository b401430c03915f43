import { expect, test } from '@jest/globals'
import { adviceOfAws } from '../../src/api/credentials/aws-advice.ts'
import { StatusError } from '../../src/api/errors.ts'
import { statusDetails } from '../../src/api/status-details.ts'

const REFUSED = JSON.stringify({ __type: 'AccessDeniedException', message: 'no' })

test.each([
  ['POST', '/v1/files', 'CreateFile'],
  ['GET', '/v1/files?limit=20', 'ListFiles'],
  ['GET', '/v1/files/file_1', 'GetFile'],
  ['DELETE', '/v1/files/file_1', 'DeleteFile'],
  ['POST', '/v1/sessions', 'CreateSession'],
  ['GET', '/v1/sessions?agent_id=agent_1', 'ListSessions'],
  ['GET', '/v1/sessions/sesn_1', 'GetSession'],
  ['GET', '/v1/sessions/sesn_1/resources?limit=1000', 'GetSession'],
  ['POST', '/v1/sessions/sesn_1', 'UpdateSession'],
  ['POST', '/v1/sessions/sesn_1/events', 'UpdateSession'],
  ['DELETE', '/v1/sessions/sesn_1/resources/sesrsc_1', 'UpdateSession'],
  ['POST', '/v1/sessions/sesn_1/archive', 'ArchiveSession'],
  ['DELETE', '/v1/sessions/sesn_1', 'DeleteSession'],
])('AWS refuses %s %s: %s is the action to allow', (method, target, action) => {
  const error = new StatusError({ method, target }, statusDetails(403, {}, REFUSED, 0))
  expect(adviceOfAws(error, 'us-east-1')).toContain(`\`aws-external-anthropic:${action}\` on the workspace`)
})
