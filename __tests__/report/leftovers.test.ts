import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { leftoverText } from '../../src/report/leftovers.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { type Leftover, maybe, surely } from '../../src/undo/undo-result.ts'

const temp = mkdtempSync(path.join(tmpdir(), 'left-'))
afterAll(() => rmSync(temp, { recursive: true }))

const SERVICE = { baseUrl: 'https://api.example', identity: { kind: 'api-key', workspaceId: undefined } } as const

async function told(left: readonly Leftover[], folder = temp) {
  const log: string[] = []
  const runner: Partial<Runner> = {
    env: { RUNNER_TEMP: folder },
    info: (line) => void log.push(line),
    group: (_, work) => work(),
  }
  return { text: await leftoverText(runner as Runner, left, SERVICE, 'post'), log }
}

const uploads = (number: number, reason: (index: number) => string) =>
  Array.from({ length: number }, (_, index) => surely({ kind: 'upload', fileId: `file_${index}` }, reason(index)))

describe('a list that is too long for a warning', () => {
  const ELSEWHERE = 'The whole list, with the commands that remove it, is in the log above'

  test.each([
    ['reasons', 8, 9, (index: number) => `reason ${index}`, '- and 1 more reason'],
    ['names with one reason', 20, 21, () => 'it was so', ', and 1 more: it was so'],
    ['things', 40, 41, (index: number) => `reason ${index % 3}`, ELSEWHERE],
  ])('%s: up to %i are told, %i are not', async (_, most, more, reason, rest) => {
    const whole = await told(uploads(most, reason))
    expect(whole.text).toContain(`files/file_${most - 1}'; do`)
    expect(whole.text).not.toContain(ELSEWHERE)
    expect(whole.log).toEqual([])

    const { text, log } = await told(uploads(more, reason))
    expect(text).toContain(rest)
    const [, file = ''] = text.match(/is in the log above and in (.+\.sh)$/m) ?? []
    expect(path.dirname(file)).toBe(temp)
    expect(readFileSync(file, 'utf8')).toBe(`${log.join('\n')}\n`)
    for (let index = 0; index < more; index++) expect(log).toContain(`#   file_${index}`)
    expect(log.join('\n')).toContain(`files/file_${more - 1}'; do`)
  })

  test('where no file can be written, it is in the log', async () => {
    const { text, log } = await told(uploads(9, String), path.join(temp, 'nowhere'))
    expect(text).toContain(`${ELSEWHERE}.\n`)
    expect(log).toContain('#   file_8')
  })
})

test.each([
  ['an upload', surely({ kind: 'upload', fileId: 'file_1', name: 'a.txt' }, 'why'), 'file_1'],
  [
    'an upload that may be of another job',
    maybe({ kind: 'upload', fileId: 'file_1', name: 'a' }, 'why'),
    'upload "a" (file_1)',
  ],
  ['one without a name', maybe({ kind: 'upload', fileId: 'file_1' }, 'why'), 'file_1'],
  ['an upload of a lost reply', maybe({ kind: 'lost-upload', name: 'a.txt' }, 'why'), 'upload "a.txt"'],
  [
    'a mounted file of a lost reply',
    maybe({ kind: 'lost-resource', sessionId: 'sesn_1', mountPath: '/a', name: 'a', hasTakenOver: false }, 'why'),
    'the file at "/a" of session sesn_1',
  ],
  ['a mounted file', surely({ kind: 'resource', sessionId: 'sesn_1', resourceId: 'sesrsc_1' }, 'why'), 'sesrsc_1'],
  ['a session', surely({ kind: 'session', sessionId: 'sesn_1', end: 'archive' }, 'why'), 'sesn_1'],
])('%s goes by its name', async (_, left, name) => {
  expect((await told([left])).text.split('\n')[1]).toBe(`- ${name}: why`)
})
