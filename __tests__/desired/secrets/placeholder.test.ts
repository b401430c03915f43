import { expect, test } from '@jest/globals'
import { OWN_RULES } from '../../../src/text/secret-rules/own-rules.ts'
import { madeUp } from '../../harness/made-up.ts'
import { findIn } from './search-text.ts'

/** What documents, tests and templates write where a secret goes; in parts, as no scanner should take it for one. */
const PLACEHOLDERS = [
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCY', 'EXAMPLEKEY'],
  ['AWS_SECRET_ACCESS_KEY=$', '{AWS_SECRET_ACCESS_KEY}'],
  ['sk_live_', 'xxx'],
  ['sk_live_', 'x'.repeat(24)],
  ['sk_test_', 'your_key_here'],
  ['ghp_', 'x'.repeat(36)],
  ['ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['glpat-', 'x'.repeat(20)],
  ['npm_', '0'.repeat(36)],
  ['hf_', 'x'.repeat(34)],
  ['SG.', `${'x'.repeat(22)}.${'x'.repeat(43)}`],
  ['xoxb-', 'your-token-here'],
  ['xoxb-', '123456789012-1234567890123-abcdefghijklmnopqrstuvwx'],
  ['token: $', '{TOKEN}'],
  ['password: ${{ secrets', '.PASSWORD }}'],
  ['//npm.acme.io/:_authToken=$', '{NPM_TOKEN}'],
  ['postgres://', 'user:password@localhost:5432/db'],
  ['postgres://$', '{DB_USER}:$', '{DB_PASSWORD}@db:5432/app'],
  ['postgresql://', 'postgres:postgres@db:5432/postgres'],
  ['https://', 'user:pass@example.com/'],
  ['https://x-access-token:$', '{GITHUB_TOKEN}@github.com/o/r'],
  ['https://', '<user>:<password>@proxy:8080'],
  ['mongodb+srv://', '<username>:<password>@cluster0.mongodb.net'],
  ['sk-ant-', 'your-key-here'],
  ['sk-ant-api03-', '...'],
  ['-----BEGIN PRIVATE', ' KEY-----\n...\n-----END PRIVATE KEY-----'],
  ['-----BEGIN PRIVATE', ` KEY-----\n${'A'.repeat(64)}\n`],
  ['DD_API_KEY=', '<your key>'],
  ['{"auths":{"ghcr.io":{"auth":"', 'aGVsbG8gd29ybGQgaGVsbG8="}}}'],
  // The token that jwt.io shows, and everybody after it.
  [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.',
    'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ],
].map((parts) => parts.join(''))

test.each(PLACEHOLDERS)('lets a placeholder pass: %s', (text) => {
  expect(findIn(text)).toBeUndefined()
  expect(findIn(`# Set it like this:\nexport NAME=${text}\n`)).toBeUndefined()
})

test.each(OWN_RULES.map((rule) => [rule.id, rule.example]))('lets %s pass that is crossed out', (_, example) => {
  // Only what was made up is crossed out, and in Base64 nothing can be.
  if (example.includes('«')) return
  expect(findIn(example.replaceAll(/\{(\d+)(?::\w+)?\}/g, (_made, count) => 'x'.repeat(Number(count))))).toBeUndefined()
})

test('in the middle of Base64, what has the form of a token is none', () => {
  for (const seed of [1, 2, 3]) {
    for (const token of ['cio{32}', 'r8_{37}', 'hf_{34:L}', 'vcp_{30}', 'ATBB{32}', 'SK{32:h}']) {
      const made = madeUp(token, seed)
      expect([token, findIn(`x ${made} y`)]).toEqual([token, expect.any(String)])
      for (const [before, after] of [
        [500, 500],
        [40, 0],
        [0, 40],
        [21, 20],
      ] as const)
        expect([token, findIn(madeUp(`{${before}:b}/${made}+{${after}:b}`, seed))]).toEqual([token, undefined])
    }
  }
})

test('a short password may have few letters', () => {
  expect(findIn(['postgres://admin:', 'qq7w7wq7@db.internal:5432/app'].join(''))).toEqual(expect.any(String))
})
