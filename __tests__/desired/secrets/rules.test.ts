import { expect, test } from '@jest/globals'
import { PRESET, PRESET_NAMES, presetRules } from '../../../src/desired/secrets/preset-rules.ts'
import { matchesOf, OWN_RULES } from '../../../src/text/secret-rules/own-rules.ts'
import { isPlaceholder } from '../../../src/text/secret-rules/placeholder.ts'
import { madeUp } from '../../harness/made-up.ts'
import { findIn } from './search-text.ts'

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1)

/** Where a secret stands: at the very start, at the end, in the middle of much else, behind what programs write. */
const PLACES: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `\n${secret}`,
  (secret) => `${'lorem ipsum dolor sit amet\n'.repeat(800)}${secret}\n${'lorem ipsum dolor sit amet\n'.repeat(800)}`,
  (secret) => `${'x = 1;\r\n'.repeat(3)}${secret}\r\n`,
]

test.each(OWN_RULES.map((rule) => [rule.id, rule] as const))(
  'finds %s, with the pass that skips and without',
  (_, rule) => {
    for (const seed of SEEDS) {
      const secret = madeUp(rule.example, seed)
      expect([seed, matchesOf(rule, secret).filter((match) => !isPlaceholder(match))]).toEqual([
        seed,
        [expect.any(String)],
      ])
      for (const place of PLACES) expect([seed, findIn(place(secret))]).toEqual([seed, expect.any(String)])
    }
  },
)

test.each(['APIM', '+ABa'])('finds the longest Azure key, marked %s, where it is encoded for an address', (mark) => {
  const key = madeUp(`{20}+{20}/{34}${mark}{5}Q==`, 1)
  for (const place of PLACES) expect(findIn(place(`key=${encodeURIComponent(key)}`))).toBe('an Azure key')
})

/** What each rule of the preset finds. */
const PRESET_EXAMPLES: Readonly<Record<string, string>> = {
  aws: 'aws_secret_access_key = {39}x',
  privatekey: '-----BEGIN RSA PRIVATE KEY-----\nMIIE{60:b}\n{64:b}\n{64:b}\n-----END RSA PRIVATE KEY-----',
  npm: 'npm_{36}',
  slack: 'xoxb-{12:d}-{13:d}-{24}',
  sendgrid: 'SG.{22}.{43}',
  shopify: 'shpat_{32:h}',
  stripe: 'sk_live_{24}',
  github: 'ghs_{36}',
  gitlab: 'glpat-{20}',
  grafana: 'glsa_{32}_{8:h}',
  openai: 'sk-proj-{74}T3BlbkFJ{74}',
  anthropic: 'sk-ant-api03-{93}AA',
  groq: 'gsk_{52}',
  huggingface: 'hf_{34:L}',
  linear: 'lin_api_{40}',
  notion: 'ntn_{11:d}{35}',
  '1password':
    'ops_«{"signInAddress":"acme.1password.com","userAuth":{"method":"SRPg-4096"},"email":"{22}","muk":{"k":"{43}"}}»',
  'hashicorp-vault': 'hvs.{95}',
  vercel: 'vcp_{56}',
  databricks: 'dapi{32:h}',
  docker: 'dckr_pat_{27}',
  figma: 'figd_{40}',
  cloudflare: 'cfut_{40}{8:h}',
  tailscale: 'tskey-auth-{17}-{32}',
}

test('each rule of the preset has its literals here, or a reason why it is not run', () => {
  expect(Object.keys(PRESET).toSorted()).toEqual(PRESET_NAMES.toSorted())
  const run = Object.keys(PRESET).filter((name) => typeof PRESET[name] === 'object')
  expect(Object.keys(PRESET_EXAMPLES).toSorted()).toEqual(run.toSorted())
  expect(presetRules()).toHaveLength(run.length)
})

test.each(Object.entries(PRESET_EXAMPLES))(
  'the preset finds %s, with the pass that skips and without',
  (name, example) => {
    const rule = presetRules().find(({ id, literals }) => {
      const use = PRESET[name]
      return typeof use === 'object' && use.id === id && use.literals === literals
    })
    for (const seed of SEEDS) {
      const secret = madeUp(example, seed)
      expect([seed, rule?.matches(secret)]).toEqual([seed, [expect.any(String)]])
      // The pass lets the rule have the text wherever it finds it.
      expect([seed, rule?.literals.some((literal) => secret.includes(literal))]).toEqual([seed, true])
      for (const place of PLACES) expect([seed, findIn(place(secret))]).toEqual([seed, expect.any(String)])
    }
  },
)

test('a file does not switch the search off with a comment', () => {
  const secret = madeUp('npm_{36}')
  expect(findIn(`// secretlint-disable\nconst token = "${secret}" // secretlint-disable-line\n`)).toBe('an npm token')
})

test.each([
  ['a database', 'postgres://app:{7:L}-{6:L}@db.acme.io/app', true],
  ['a server of the web', 'https://deploy:{12}4x@git.acme.io/app', true],
  ['one with a password of words', 'https://deploy:{7:L}-{6:L}@git.acme.io/app', false],
  ['one with a short password', 'https://deploy:x{4:d}z-@git.acme.io/app', false],
  ['one without a password', 'https://deploy@git.acme.io/app', false],
  ['one that never ends', 'https://{400}', false],
])('the password in the address of %s', (_, address, isFound) => {
  for (const seed of SEEDS) {
    const text = madeUp(address, seed)
    expect([text, findIn(`url = ${text}\n`)]).toEqual([text, isFound ? 'a password in an address' : undefined])
  }
})
