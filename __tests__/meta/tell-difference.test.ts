import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { runLocalAction } from '../harness/local-action.ts'
import { Workspace } from '../harness/workspace.ts'

const TITLE = 'The service differs from what we expect'
const GOOD = { name: 'upload', seen: '200, 5', verdict: 'as expected', otherwise: 'it fails' }
const NEWS = { name: 'name-decomposed', seen: 'kept', verdict: 'not known before', otherwise: 'sent anew' }
const BAD = { name: 'copy-name', seen: 'unnamed', verdict: 'breaks us', otherwise: 'everything is sent anew' }

interface Live {
  readonly issues?: readonly object[]
  /** What the file of findings says; undefined if there is none. */
  readonly findings?: object | undefined
  readonly outcomes?: Readonly<Record<string, string>>
}

/** Runs the action against a GitHub that has these issues; resolves to what it wrote there. */
async function tell({ issues = [], findings, outcomes = {} }: Live) {
  using workspace = new Workspace()
  workspace.write({ 'log.md': '| the table |' })
  if (findings !== undefined) workspace.write({ 'findings.json': JSON.stringify(findings) })
  const writes: { method: string; path: string; body: { title?: string; body: string } }[] = []
  const server = createServer(async (request, response) => {
    const sent = await text(request)
    const path = request.url?.replace('/repos/org/session-mount/', '').split('?')[0] ?? ''
    if (request.method !== 'GET') writes.push({ method: request.method ?? '', path, body: JSON.parse(sent) })
    response.end(JSON.stringify(request.method === 'GET' ? issues : { number: 9 }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const steps = Object.entries(outcomes).map(([id, outcome]) => [id, { outcome }])
    const result = await runLocalAction(
      'tell-difference',
      { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      {
        inputs: { findings: 'findings.json', log: 'log.md', outcomes: JSON.stringify(Object.fromEntries(steps)) },
        env: { GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '42' },
        cwd: workspace.root,
      },
    )
    return { ...result, writes }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

test('nothing is told where nothing differs', async () => {
  const { exitCode, stdout, writes } = await tell({
    findings: { results: [GOOD, NEWS], stopped: null, left: [] },
    outcomes: { conformance: 'success', agent: 'success' },
  })
  expect([exitCode, stdout, writes]).toEqual([0, 'all is as expected\n', []])
})

test('what differs opens an issue with the table and the run', async () => {
  const { stdout, writes } = await tell({
    issues: [{ number: 3, title: TITLE, pull_request: {} }],
    findings: { results: [GOOD, BAD], stopped: null, left: ['session sesn_1'] },
    outcomes: { conformance: 'failure', compare: 'failure', download: 'skipped' },
  })
  expect(stdout).toBe('opened #9\n')
  const body = [
    '- `copy-name` (breaks us): unnamed. everything is sent anew',
    '- Could not be removed: session sesn_1',
    '- The step `compare` failed',
    '',
    'Seen by https://github.com/org/session-mount/actions/runs/42',
    '',
    '| the table |',
  ].join('\n')
  expect(writes).toEqual([{ method: 'POST', path: 'issues', body: { title: TITLE, body } }])
})

test('the issue that is open is updated', async () => {
  const { stdout, writes } = await tell({
    issues: [
      { number: 4, title: 'Another' },
      { number: 5, title: TITLE },
    ],
    findings: { results: [BAD], stopped: null, left: [] },
  })
  expect(stdout).toBe('updated #5\n')
  expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual(['PATCH issues/5'])
})

test('that nothing could be asked is told, too', async () => {
  const { writes } = await tell({ outcomes: { conformance: 'failure' } })
  expect(writes[0]?.body.body).toContain('The questions were not all asked: no findings')
})
