import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { sessionEvent } from '../../src/api/decode-event.ts'
import { ReplyError } from '../../src/api/errors.ts'
import { uploadName } from '../../src/desired/files/upload-name.ts'
import { promptLine } from '../../src/desired/prompt-text.ts'
import { choose } from '../../src/download/choose.ts'
import { preformatted } from '../../src/report/markdown.ts'
import { cut } from '../../src/text/cut.ts'
import { read } from '../../src/text/json.ts'
import { hide, redact, SHORTEST_IN_VALUE } from '../../src/text/redact.ts'
import { truncate } from '../../src/text/truncate.ts'
import { canaryForms, cutsOf, FILLER, rendered, textCutInside } from '../harness/canary.ts'

const SECRETS = [
  `Zq7+/x"R<4&kV'%w9Jb2Yp`,
  'Xw3Kd8TnQz5LrVb1Ym6Hc0PfJg4SuE7aBi9o',
  'Hx7"Qm2/vT+9\nLd5 <Gz&4Yn8\nWc1%Fs6\\Kr3u',
  'Pw9!xKq7',
]
for (const secret of SECRETS) hide(secret)

const FORMS = [...new Set(SECRETS.flatMap((secret) => Object.values(canaryForms(secret))))]
const CUTS = cutsOf(FORMS)

const CALL = { method: 'GET', target: '/v1/x' }
const NO_PATTERNS = { includes: [], excludes: [] }
const message = (text: string) => read(sessionEvent, { type: 'agent.message', content: [{ type: 'text', text }] })

/** Every way to shorten a text that is shown, with the number of characters or bytes that are left. */
const PLACES: Readonly<Record<string, readonly [limit: number, show: (text: string) => string]>> = {
  ...Object.fromEntries(
    [40, 64, 80, 200, 500, 2000, 20_000].map((most) => [
      `${most} characters`,
      [most - 1, (text: string) => cut(text, most)],
    ]),
  ),
  'a reply that is none': [79, (text) => new ReplyError(CALL, { status: 200, contentType: 'a', text }, 'b').message],
  'the first line of a prompt': [120, (text) => promptLine({ text, rubric: undefined })],
  "an agent's reply in an output": [
    3000,
    (text) => {
      const event = message(text)
      return truncate(event?.kind === 'agent-message' ? event.text : 'none', 3000)
    },
  ],
  'a reply in the summary': [3000, (text) => rendered(preformatted(text, 3000).markdown)],
  'the name of a download': [
    200,
    (text) => choose([{ id: 'file_1', filename: text }] as never, NO_PATTERNS)[0]?.path ?? 'none',
  ],
  'the name of an upload': [
    187,
    (text) => uploadName({ mountPath: `/${text}`, fingerprint: '0123456789ab' }, 'fedcba9876543210'),
  ],
}

test.each(Object.entries(PLACES))('nothing of a secret is left where a text is cut: %s', (_, [limit, show]) => {
  const shown = CUTS.filter(({ form, kept }) => {
    // A name is a value, in which a short secret stays.
    if (limit < 190 && limit > 180 && form.length < SHORTEST_IN_VALUE) return false
    const text = show(textCutInside(form, kept, limit))
    return text.includes(FILLER.repeat(3) + form.charAt(0))
  })
  expect(shown.map(({ form, kept }) => `${kept} of ${form}`)).toEqual([])
})

test('how many combinations that are', () => {
  expect(CUTS.length * Object.keys(PLACES).length).toBeGreaterThan(15_000)
})

test('a text that is shown is cut by nothing else', () => {
  const src = path.resolve(import.meta.dirname, '../../src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const cuts = files.flatMap((name) => {
    const text = readFileSync(path.join(src, name), 'utf8')
    return (text.match(/\b(escapeForLog|quote|code|stringify)\([^()]*\.(slice|substring)\(0.*/g) ?? []).map(
      (line) => `${name}: ${line}`,
    )
  })
  // A commit's short name is no secret.
  expect(cuts.filter((line) => !line.includes('sha.slice(0, 7)'))).toEqual([])
})

/** Made up, by the documented formats; put together here so that no scanner takes them for real ones. */
const LETTERS = 'Ab3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(9)
const BODY = Array.from({ length: 25 }, (_, line) => LETTERS.slice(line, line + 64))
const KEY = ['-----BEGIN PRIVATE KEY-----', ...BODY, '-----END PRIVATE KEY-----']
const TOKENS: Readonly<Record<string, string>> = {
  'a classic token of GitHub': `ghp_${LETTERS.slice(0, 36)}`,
  'a fine-grained one': `github_pat_${LETTERS.slice(0, 22)}_${LETTERS.slice(0, 59)}`,
  'a key of Anthropic': `sk-ant-api03-${LETTERS.slice(0, 93)}AA`,
  'an access key of AWS': `AKIA${'Q3EGRYAB'.repeat(2)}`,
  'a private key': KEY.join('\n'),
  'a private key in JSON': KEY.join('\\n'),
  'a private key in a log': KEY.join('\n[build] '),
  'a private key that was cut': KEY.slice(0, -1).join('\n'),
}

test.each(Object.entries(TOKENS))('what looks like a token is hidden whole, whoever it belongs to: %s', (_, token) => {
  expect(redact(`remote: https://x:${token}@github.com`)).toBe('remote: https://x:***@github.com')
  expect(redact(`first (${token}), second "${token}"`)).toBe('first (***), second "***"')
})

test('a text that is made to look like the start of a key costs no time', () => {
  const start = '-----BEGIN PRIVATE KEY-----'
  for (const rest of [
    'a: '.repeat(100_000),
    '\\n'.repeat(100_000),
    `${'x'.repeat(39)} `.repeat(5000),
    start.repeat(5000),
  ]) {
    expect(redact(start + rest).length).toBeLessThanOrEqual((start + rest).length)
  }
})

test('a text without secrets stays as it is', () => {
  const text = 'Ordinary text: sk-ant-…, ghp_xxx, -----BEGIN PRIVATE KEY-----, 8c7a2f10d3 ***'
  expect(redact(text)).toBe(text)
})
