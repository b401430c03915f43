import { generateKeyPairSync } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

// Made here and in parts, so that no scanner takes this file for a leak.
const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const RSA_PEM = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
const OPENSSH = String(PEM).replaceAll('PRIVATE KEY', ['OPENSSH', 'PRIVATE KEY'].join(' '))
const PGP = ['-----BEGIN PGP', `PRIVATE KEY BLOCK-----\nVersion: 1\n\n${'lQOYBF'.repeat(20)}\n`].join(' ')
const ENCRYPTED = ['-----BEGIN ENCRYPTED', `PRIVATE KEY-----\n${'MIIFLTBXBgkq'.repeat(6)}\n`].join(' ')
const DEK = ['-----BEGIN RSA', 'PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n'].join(' ')
const ALPHANUMERIC = 'aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY2'
const API_KEY = ['sk-ant', 'api03-canary_own_KEY-0123456789abcdefghijklmnopqrstuv'].join('-')
const GITHUB_TOKEN = ['ghs', ALPHANUMERIC.toUpperCase()].join('_')
const OPAQUE_TOKEN = 'opaque-installation-token-0123456789'
const REQUEST_TOKEN = 'eyJrdW50aW1l.oidc-request-token-canary'

const INPUTS = { 'anthropic-api-key': API_KEY, 'github-token': OPAQUE_TOKEN }
const ENV = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN, GITHUB_TOKEN }

/** By an innocent name, something that must not leave. */
const SECRETS: Readonly<Record<string, string | Buffer>> = {
  'pem.txt': PEM,
  'pem-crlf.txt': String(PEM).replaceAll('\n', '\r\n'),
  'rsa.txt': `notes\n\n${RSA_PEM}\nmore notes`,
  'openssh.txt': OPENSSH,
  'pgp.txt': PGP,
  'encrypted.txt': ENCRYPTED,
  'dek.txt': `${DEK}${'Zm9vYmFy'.repeat(10)}\n`,
  'service.json': JSON.stringify({ type: 'service_account', private_key: PEM }, null, 2),
  'indented.yml': `key: |\n${String(PEM).replace(/^/gm, '    ')}`,
  'module.ts': `export const KEY = ${JSON.stringify(PEM)}\n`,
  'aws.txt': `[default]\naws_access_key_id = ${['AKIA', 'Q3EGRIKR7XPLQWJY'].join('')}\n`,
  'aws-session.txt': `id=${['ASIA', 'Q3EGRIKR7XPLQWJY'].join('')};`,
  'github.txt': `token: ${['ghp', ALPHANUMERIC].join('_')}\n`,
  'github-pat.log': ['github_pat', `11ABCDEFG0${'x1Y2'.repeat(18)}`].join('_'),
  'github-oauth.txt': `https://x:${['gho', ALPHANUMERIC].join('_')}@github.com/o/r`,
  'anthropic.env.txt': `export KEY=${['sk-ant', `api03-${'Ab3-_'.repeat(18)}`].join('-')}\n`,
  'anthropic-token.json': JSON.stringify({ access_token: ['sk-ant', `oat01-${'Ab3-_'.repeat(18)}`].join('-') }),
  'own-key.txt': `curl -H "x-api-key: ${API_KEY}"`,
  'own-key.bin': Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0x80]), Buffer.from(API_KEY), Buffer.from([0xc3])]),
  'own-github-token.txt': `remote: https://x-access-token:${OPAQUE_TOKEN}@github.com`,
  'checkout.txt': `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${OPAQUE_TOKEN}`).toString('base64')}`,
  'own-environment-token.txt': GITHUB_TOKEN,
  'own-request-token.txt': REQUEST_TOKEN,
}

/** What looks a little like a secret, and is none. */
const ORDINARY: Readonly<Record<string, string>> = {
  'words.md': '`-----BEGIN PRIVATE KEY-----` starts a private key, `-----END PRIVATE KEY-----` ends it.',
  'regexp.ts': 'const PEM = /-----BEGIN (RSA )?PRIVATE KEY-----[^-]+-----END/',
  'shape.ts': "if (text.startsWith('-----BEGIN PRIVATE KEY-----\\n')) throw new Error('a key')",
  'elided.md': '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n',
  'certificate.txt': `-----BEGIN CERTIFICATE-----\n${'MIIB'.repeat(40)}\n-----END CERTIFICATE-----\n`,
  'public.txt': `-----BEGIN PUBLIC KEY-----\n${'MFkw'.repeat(40)}\n-----END PUBLIC KEY-----\n`,
  'id_rsa.pub.txt': `ssh-rsa ${'AAAAB3Nz'.repeat(40)} me@example.com`,
  'aws-example.md': ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  'base64.txt': `x${'QUtJQQ'.repeat(1000)}`,
  'prefixes.md': 'tokens start with ghp_, gho_, ghs_ or github_pat_; keys with sk-ant-api03-; AKIA names a key.',
  'placeholder.md': 'ANTHROPIC_API_KEY=sk-ant-api03-...\nGITHUB_TOKEN=ghp_xxxx\nsk-ant-your-key-here',
  'lock.json': JSON.stringify({ integrity: `sha512-${'a/B+'.repeat(22)}==` }),
}

const EVERYTHING = { ...INPUTS, files: '**' }

const openScene = async (files: Readonly<Record<string, string | Buffer>>): Promise<Scene> => {
  const scene = await Scene.open({ apiKey: API_KEY })
  scene.workspace.write(files)
  return scene
}

const mountedPaths = (scene: Scene): readonly string[] =>
  scene
    .sessions()
    .flatMap(({ id }) => Object.keys(scene.mounted(id)).map((at) => at.replace('/mnt/session/uploads/', '')))

test.concurrent('a wildcard leaves out every file that holds a secret, and names it; look-alikes go', async () => {
  await using scene = await openScene({ ...SECRETS, ...ORDINARY })
  const main = await scene.main(EVERYTHING, { env: ENV })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene).toSorted()).toEqual(Object.keys(ORDINARY).toSorted())
  expect(scene.uploads()).toHaveLength(Object.keys(ORDINARY).length)
  const warnings = annotations(main, 'warning').filter((warning) => /sensitive/.test(warning))
  expect(warnings).toHaveLength(1)
  expect(Object.keys(SECRETS).filter((name) => !warnings[0]?.includes(`"${name}" holds`))).toEqual([])
  expect(main.outputs['mounted-count']).toBe(String(Object.keys(ORDINARY).length))
})

test.concurrent.each([
  ['as patterns', (names: readonly string[]) => names.join('\n')],
  ['as a JSON array', (names: readonly string[]) => JSON.stringify(names)],
])('named literally, %s: an error that names each, before anything is sent', async (_, write) => {
  await using scene = await openScene({ ...SECRETS, ...ORDINARY })
  const names = Object.keys(SECRETS)
  const main = await scene.main({ ...INPUTS, files: write([...names, 'words.md']) }, { env: ENV })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(names.filter((name) => !errorOf(main).includes(`"${name}" holds`))).toEqual([])
  expect(errorOf(main)).not.toContain('"words.md"')
  expect(errorOf(main)).not.toContain(API_KEY)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('the finding says what was found, and never shows it', async () => {
  await using scene = await openScene(SECRETS)
  const main = await scene.main({ ...EVERYTHING, 'if-no-files-found': 'warn' }, { env: ENV })
  const warning = annotations(main, 'warning').join('\n')
  for (const [name, what] of [
    ['pem.txt', 'private key'],
    ['aws.txt', 'AWS access key'],
    ['github.txt', 'GitHub token'],
    ['anthropic.env.txt', 'Anthropic key'],
    ['own-key.txt', "this run's own credentials"],
  ])
    expect(warning).toMatch(new RegExp(`"${name}" holds [^,]*${what}`))
  for (const secret of [API_KEY, OPAQUE_TOKEN, GITHUB_TOKEN, REQUEST_TOKEN, ALPHANUMERIC])
    expect(main.stdout).not.toContain(secret)
})

test.concurrent('allowed by its path, it goes, and only it', async () => {
  await using scene = await openScene(SECRETS)
  const main = await scene.main({ ...EVERYTHING, 'allow-sensitive-files': 'pem.txt\naws.txt' }, { env: ENV })
  expect(main.exitCode).toBe(0)
  expect(mountedPaths(scene)).toEqual(['aws.txt', 'pem.txt'])
})

/** The size of a chunk when a file is hashed. */
const CHUNK = 512 * 1024

const PLACES = [CHUNK - 1, CHUNK - 20, 2 * CHUNK - 45, 3 * CHUNK - 27, 3 * CHUNK - 60, CHUNK - 4096, 0, 4 * CHUNK - 300]

test.concurrent('a key across the border of two chunks is found, wherever it is cut', async () => {
  const holding = (secret: string, at: number) => {
    const bytes = Buffer.alloc(4 * CHUNK, 'lorem ipsum dolor\n')
    bytes.write(`\n${secret}\n`, at)
    return bytes
  }
  const kinds = { key: API_KEY, pem: String(PEM), github: ['ghp', ALPHANUMERIC].join('_') }
  const files = Object.entries(kinds).flatMap(([kind, secret]) =>
    PLACES.map((at): [string, Buffer] => [`${kind}-${at}.txt`, holding(secret, at)]),
  )
  await using scene = await openScene({ ...Object.fromEntries(files), 'none.txt': holding('', 0) })
  const main = await scene.main(EVERYTHING, { env: ENV })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['none.txt'])
})

/** Up to here files were once looked into. */
const OLD_LIMIT = 64 * 1024 * 1024

test.concurrent.each([
  ['at the end', OLD_LIMIT + 1 - API_KEY.length],
  ['in its middle', 17 * 1024 * 1024 - 7],
])("this run's own key is found in a file of more than 64 MB, %s, which is left out and named", async (_, at) => {
  await using scene = await openScene({ 'large.txt': '', 'a.txt': 'a' })
  const file = openSync(scene.workspace.path('large.txt'), 'w')
  ftruncateSync(file, OLD_LIMIT + 1)
  writeSync(file, API_KEY, at)
  closeSync(file)
  const main = await scene.main(EVERYTHING, { env: ENV })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['a.txt'])
  expect(annotations(main, 'warning').join()).toContain(`"large.txt" holds one of this run's own credentials`)
})
