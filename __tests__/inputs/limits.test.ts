import { expect, test } from '@jest/globals'
import { readChecked } from '../../src/inputs/begin.ts'
import { readDownloadInputs } from '../../src/inputs/download-inputs.ts'
import { readInputs } from '../../src/inputs/mount-inputs.ts'
import { InputError } from '../../src/inputs/reader.ts'
import { readUnmountInputs } from '../../src/inputs/unmount-inputs.ts'
import { parseEvent } from '../../src/runner/workflow-event.ts'
import { actions } from '../meta/repository.ts'

type Inputs = Readonly<Record<string, string>>

const READERS = { './': readInputs, './unmount': readUnmountInputs, './download': readDownloadInputs } as const

type Read = ReturnType<(typeof READERS)[keyof typeof READERS]>

const BASE: Readonly<Record<keyof typeof READERS, Inputs>> = {
  './': { 'anthropic-api-key': 'k', 'agent-id': 'agent_1', 'environment-id': 'env_1', files: 'a.txt' },
  './unmount': { 'anthropic-api-key': 'k', 'agent-id': 'agent_1', 'older-than': '2d' },
  './download': { 'anthropic-api-key': 'k', 'session-id': 'sesn_1' },
}

/** The inputs that an action refuses, beside its defaults. */
function refused(action: keyof typeof READERS, inputs: Inputs): readonly string[] {
  const declared = actions.find(({ local }) => local === action)?.inputs ?? {}
  const defaults = Object.entries(declared).map(([name, input]) => [name, String(input.default ?? '')])
  const all: Inputs = {
    ...Object.fromEntries(defaults),
    'github-token': '',
    'workflow-token': '',
    ...BASE[action],
    ...inputs,
  }
  try {
    readChecked<Read>(READERS[action], (name) => all[name] ?? '', {}, parseEvent({}, {}))
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.problems.map(({ input }) => input)
  }
}

const pairs = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join('\n')
const EXISTING = { 'session-id': '', 'agent-id': '', 'environment-id': '' }
const ASK = { prompt: 'Go', wait: 'true' }

/** An action, an input, the values at its limits and those one past them, and what else is given. */
const LIMITS: readonly (readonly [keyof typeof READERS, string, readonly string[], readonly string[], Inputs?])[] = [
  ['./', 'concurrency', ['1', '32'], ['0', '33']],
  ['./', 'timeout-minutes', ['0.001', '7200'], ['0', '7200.001']],
  ['./', 'max-resources', ['1', '2000'], ['0', '2001']],
  ['./', 'agent-version', ['1', '2147483647'], ['0', '2147483648']],
  ['./', 'expires-in', ['3600', '60m', '1h', '90d', '7776000'], ['3599', '59m', '7776001', '91d', '2161h']],
  ['./', 'cleanup-wait', ['0', '0s', '21600', '6h'], ['21601', '361m']],
  ['./', 'wait-timeout', ['1', '1s', '21600', '6h'], ['0', '21601', '361m'], { ...ASK, 'timeout-minutes': '7200' }],
  ['./', 'wait-timeout', ['60m', '3600', '1h'], ['3601', '61m'], { ...ASK, 'timeout-minutes': '60' }],
  ['./', 'metadata', [pairs(14)], [pairs(15)]],
  ['./', 'metadata', [`${'k'.repeat(64)}=v`], [`${'k'.repeat(65)}=v`]],
  ['./', 'metadata', [`k=${'v'.repeat(512)}`], [`k=${'v'.repeat(513)}`]],
  ['./', 'session-title', ['t'.repeat(500)], ['t'.repeat(501)]],
  ['./', 'session-name', ['t'.repeat(500)], ['t'.repeat(501)]],
  ['./', 'agent-id', ['a', 'a'.repeat(128)], ['a'.repeat(129)]],
  ['./', 'session-id', ['s'.repeat(128)], ['s'.repeat(129)], EXISTING],
  ['./', 'mount-path', [`/${'p'.repeat(1023)}`], [`/${'p'.repeat(1024)}`, `/${'ä'.repeat(512)}`]],
  ['./', 'repository-mount-path', [`/${'p'.repeat(4095)}`], [`/${'p'.repeat(4096)}`], { repository: 'octo/app' }],
  ['./', 'github-token', ['t'.repeat(4096)], ['t'.repeat(4097)], { repository: 'octo/app' }],
  ['./unmount', 'older-than', ['3600', '1h', '90d'], ['3599', '59m', '7776001', '91d']],
  ['./unmount', 'cleanup-wait', ['0', '6h'], ['21601']],
  ['./download', 'settle-timeout', ['0', '600', '10m'], ['601', '11m']],
]

test.each(LIMITS)(
  '%s: %s is taken at its limits, and refused one past them',
  (action, name, taken, past, more = {}) => {
    for (const value of taken) expect([value, refused(action, { ...more, [name]: value })]).toEqual([value, []])
    for (const value of past) expect([value, refused(action, { ...more, [name]: value })]).toEqual([value, [name]])
  },
)
