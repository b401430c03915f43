import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { type EmulatorOptions, SEED_VAULT } from '../../emulator/emulator.ts'
import type { DEVIATIONS } from '../../emulator/faults/deviation.ts'
import { conform, EMPTY, TARGET, withEmulator } from './conform.ts'

test('on the emulator all is as expected, within the budget, and nothing is left', async () => {
  const turn = [{ act: 'wait', ms: 2_000 } as const, { act: 'message', text: 'yes' } as const, { act: 'idle' } as const]
  await withEmulator({ agentScript: { turns: [turn] } }, async (emulator) => {
    const { code, stdout, stderr, results } = await conform(emulator.url, [
      ...TARGET,
      ...['--vault', SEED_VAULT, '--with-agent', '--max-requests', '200'],
    ])
    expect([code, stderr]).toEqual([0, ''])
    expect(results.filter(({ verdict }) => !['as expected', 'not known before'].includes(verdict))).toEqual([])
    expect(results.length).toBeGreaterThan(80)
    expect(stdout).toContain('| ✓ mount-absolute | What becomes of the mount path /in/a.txt? |')
    expect(stdout).toContain('Everything that was made is removed.')
    expect(emulator.snapshot()).toEqual(EMPTY)
  })
})

/** What is seen of each deviation, and whether we rely on that. */
const DETECTED: Readonly<Record<keyof typeof DEVIATIONS, readonly string[]>> = {
  addAnswers201: ['differs: add-answer'],
  createAnswers201: ['differs: create'],
  dashedIds: ['differs: ids'],
  noUpdatedAt: ['differs: updated-at'],
  noNextPage: ['breaks us: files-pages', 'breaks us: sessions-pages'],
  resourceDeleted: ['differs: resource-delete-type'],
  emptyResources: ['differs: session-shows-resources'],
  ignoresOrder: ['differs: sessions-order', 'differs: events-order'],
  eventsAnswer202: ['differs: send'],
  dropsMetadata: ['breaks us: metadata', 'differs: metadata-16'],
  ignoresIds: ['differs: files-ids'],
  skipsUnknownFiles: ['differs: unknown-file'],
  plainScope: ['differs: scope-form'],
  plainErrors: ['breaks us: refusal-form', 'differs: request-id'],
  noRetryAfter: ['differs: rate-limit'],
  noWorkspaceId: ['differs: workspace'],
  conflictOnConcurrentAdds: ['differs: add-together'],
  shortUploads: ['breaks us: upload', 'breaks us: upload-empty'],
  noFilenames: ['breaks us: name-255', 'breaks us: name-unicode', 'breaks us: copy-name'],
  unnamedFiles: ['breaks us: name-255', 'breaks us: name-unicode', 'breaks us: copy-name'],
  noScopeFilter: ['breaks us: files-of-session', 'differs: scope-form'],
  scopeRefused: ['breaks us: files-of-session', 'differs: scope-form'],
  lateLists: ['differs: files-lag', 'differs: resources-lag', 'differs: sessions-lag'],
  veryLateLists: ['differs: files-lag', 'differs: resources-lag', 'differs: sessions-lag'],
}

/** What has to happen for a deviation to show. */
const SURROUNDINGS: Readonly<Record<string, EmulatorOptions>> = {
  noRetryAfter: { faults: [{ kind: 'status', status: 429, retryAfter: '1', match: { path: '^/v1/files$' }, nth: 5 }] },
  conflictOnConcurrentAdds: {
    faults: [{ kind: 'slow', delayMs: 500, match: { method: 'POST', path: '/resources$' }, times: 99 }],
  },
}

describe('a deviation is detected', () => {
  test.concurrent.each(Object.entries(DETECTED))('%s', async (name, detected) => {
    await withEmulator({ ...SURROUNDINGS[name], lenient: { [name]: true } }, async (emulator) => {
      const { code, stderr, results } = await conform(emulator.url)
      const seen = results.filter(({ verdict }) => verdict === 'differs' || verdict === 'breaks us')
      expect([seen.map((each) => `${each.verdict}: ${each.name}`), stderr]).toEqual([detected, ''])
      expect(code).toBe(detected.some((line) => line.startsWith('breaks')) ? 1 : 0)
      expect(emulator.snapshot()).toEqual(EMPTY)
    })
  })
})

describe('what cannot be asked is said in one sentence, and nothing is made', () => {
  const page = '<!doctype html><title>Sign in</title>'

  async function withPage<T>(use: (url: string) => Promise<T>): Promise<T> {
    const server = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(page))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    } finally {
      server.close()
    }
  }

  test.each<[string, readonly string[], string, string]>([
    ['no key', TARGET, '', 'ANTHROPIC_API_KEY is not set'],
    ['a wrong key', TARGET, 'sk-ant-other', 'refused the key (401: Authentication failed)'],
    ['an unknown agent', ['--agent', 'agent_x', ...TARGET.slice(2)], 'sk-ant-emulator', '--agent: the server has no'],
    ['an unknown environment', [...TARGET.slice(0, 2), '--environment', 'env_x'], 'sk-ant-emulator', '--environment: '],
    ['no agent', TARGET.slice(2), 'sk-ant-emulator', '--agent and --environment are required'],
    ['no such option', [...TARGET, '--fast'], 'sk-ant-emulator', "Unknown option '--fast'"],
    ['no such budget', [...TARGET, '--max-requests', 'x'], 'sk-ant-emulator', '--max-requests: a whole number'],
    ['no address', [...TARGET, '--base-url', 'localhost'], 'sk-ant-emulator', '--base-url: "localhost" is not'],
  ])('%s', async (_, args, key, message) => {
    await withEmulator({}, async (emulator) => {
      const { code, stderr, results } = await conform(emulator.url, args, { key })
      expect([code, stderr, results]).toEqual([2, expect.stringContaining(message), []])
      expect(stderr).not.toContain('    at ')
      expect(emulator.journal().filter(({ method }) => method !== 'GET')).toEqual([])
    })
  })

  test('a server that is none', async () => {
    const { code, stderr } = await withPage((url) => conform(url))
    expect([code, stderr]).toEqual([2, expect.stringContaining('does not speak this API: GET /v1/files answered 200')])
  })

  test('nobody there', async () => {
    const { code, stderr } = await conform('http://127.0.0.1:9')
    expect([code, stderr]).toEqual([2, expect.stringContaining('got no answer from http://127.0.0.1:9')])
  })
})

describe('it leaves nothing behind', () => {
  test('when the budget is used up', async () => {
    await withEmulator({}, async (emulator) => {
      const { code, stdout } = await conform(emulator.url, [...TARGET, '--max-requests', '60'])
      expect([code, stdout]).toEqual([2, expect.stringContaining('the budget of 60 requests is used up')])
      expect(emulator.snapshot()).toEqual(EMPTY)
    })
  })

  test('when replies are lost', async () => {
    const lost = ['^/v1/sessions$', '^/v1/files$'].map((path) => ({
      ...{ kind: 'reset-after-commit' as const, match: { method: 'POST', path }, nth: 2 },
    }))
    await withEmulator({ faults: lost }, async (emulator) => {
      const { stdout } = await conform(emulator.url)
      expect(stdout).toContain('got no answer')
      expect(emulator.snapshot()).toEqual(EMPTY)
    })
  })

  test('what cannot be removed is named', async () => {
    const fault = {
      kind: 'status' as const,
      status: 403,
      times: 999,
      match: { method: 'DELETE', path: '^/v1/sessions/' },
    }
    await withEmulator({ faults: [fault] }, async (emulator) => {
      const { code, stdout } = await conform(emulator.url, [...TARGET, '--max-requests', '70'])
      const [session] = emulator.snapshot().sessions
      expect([code, stdout]).toEqual([2, expect.stringContaining(`Could not remove session ${session?.id}`)])
    })
  })
})
