import { expect, test } from '@jest/globals'
import type { Effect } from '../../src/ledger/ledger.ts'
import { promptLines } from '../../src/report/removal.ts'

const SENT = { kind: 'prompt', sessionId: 'sesn_1', eventId: 'sevt_1' } as const
const LOST = { kind: 'prompt', sessionId: 'sesn_1', eventId: undefined } as const
const TOLD = { kind: 'session', agentId: 'agent_1', resources: 1, isNamed: false, isTold: true } as const

test.each<readonly [string, readonly Effect[], readonly string[]]>([
  ['none', [{ ...TOLD, isTold: false, sessionId: 'sesn_1' }], []],
  ['one that arrived', [SENT], ['This step sent a prompt to session sesn_1']],
  ['one whose reply was lost', [LOST], ['It is not known whether the prompt of this step reached session sesn_1']],
  ['one that was sent again', [LOST, SENT], ['This step sent a prompt to session sesn_1']],
  [
    'one that went with a new session',
    [{ ...TOLD, sessionId: 'sesn_2' }],
    ['This step sent a prompt to session sesn_2'],
  ],
  [
    'one that went with a session that nobody knows',
    [TOLD],
    ['It is not known whether the prompt of this step reached a session'],
  ],
  [
    'the same, and the session was made again',
    [TOLD, { ...TOLD, sessionId: 'sesn_2' }],
    ['This step sent a prompt to session sesn_2'],
  ],
])('what post says of prompts: %s', (_, effects, lines) => {
  expect(promptLines(effects)).toEqual(lines)
})
