import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate'
import * as tar from 'tar-stream'
import { madeUp } from '../../harness/made-up.ts'
import { findIn } from './search-text.ts'

const SECRET = madeUp('xoxb-{12:d}-{13:d}-{24}')
const TEXT = Buffer.from(`${'lorem ipsum\n'.repeat(2000)}token=${SECRET}\n${'lorem ipsum\n'.repeat(2000)}`)
const MARK = '\ufeff'

/** In pieces that cut headers, marks and letters in two. */
const PIECES = [512 * 1024, 4096, 977, 7]

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

async function tarOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const pack = tar.pack()
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content)
  pack.finalize()
  return Buffer.concat(await Array.fromAsync(pack as AsyncIterable<Buffer>))
}

/** As programs write a zip that they do not keep: the sizes stand behind each file. */
function streamedZip(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Uint8Array[] = []
  const zip = new Zip((_, part) => parts.push(part))
  for (const [name, content] of Object.entries(files)) {
    const file = name.endsWith('.stored') ? new ZipPassThrough(name) : new ZipDeflate(name)
    zip.add(file)
    file.push(content, true)
  }
  zip.end()
  return Buffer.concat(parts)
}

const OTHER = { 'a.txt': Buffer.from('a'), 'b/c.txt': Buffer.alloc(3000, 'b') }

const CONTAINERS: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  'UTF-16, small end first, with a mark': () => Buffer.from(MARK + TEXT, 'utf16le'),
  'UTF-16, big end first, with a mark': () => utf16be(MARK + TEXT),
  'UTF-16, small end first, without a mark': () => Buffer.from(TEXT.toString(), 'utf16le'),
  'UTF-16, big end first, without a mark': () => utf16be(TEXT.toString()),
  gzip: () => gzipSync(TEXT),
  'gzip, second member': () => Buffer.concat([gzipSync('first\n'.repeat(50)), gzipSync(TEXT)]),
  zip: () => zipSync({ ...OTHER, 'x.log': TEXT }),
  'zip, not compressed': () => zipSync({ ...OTHER, 'x.log': TEXT }, { level: 0 }),
  'zip, streamed': () => streamedZip({ ...OTHER, 'x.log': TEXT }),
  'zip, streamed, not compressed': () => streamedZip({ ...OTHER, 'x.stored': TEXT }),
  tar: () => tarOf({ ...OTHER, 'x.log': TEXT }),
  'UTF-16 in a tar': () => tarOf({ ...OTHER, 'x.log': Buffer.from(MARK + TEXT, 'utf16le') }),
  'tar in gzip': async () => gzipSync(await tarOf({ ...OTHER, 'x.log': TEXT })),
  'gzip in tar in gzip in zip': async () =>
    zipSync({ ...OTHER, x: gzipSync(await tarOf({ ...OTHER, y: gzipSync(TEXT) })) }),
}

test('what only begins like a token hides none that comes behind it in the next piece', () => {
  const [piece = 0] = PIECES
  for (const distance of [5_000, 9_000, 20_000]) {
    const bytes = Buffer.alloc(2 * piece, 'lorem ipsum dolor\n')
    bytes.write('\nghp_\n', piece - 100)
    bytes.write(`\n${madeUp('ghp_{36}')}\n`, piece - 100 + distance)
    expect([distance, findIn(bytes, piece)]).toEqual([distance, 'a GitHub token'])
  }
})

test.each(Object.keys(CONTAINERS))('a secret is found in %s, in whatever pieces it comes', async (name) => {
  const content = (await CONTAINERS[name]?.()) ?? new Uint8Array()
  for (const size of PIECES) expect([size, findIn(content, size)]).toEqual([size, 'a Slack token'])
})

test.each([
  ['small end first', (text: string) => Buffer.from(text, 'utf16le')],
  ['big end first', utf16be],
])('a secret is found in UTF-16, %s, that has few zeros', (_, encode) => {
  const text = `${'これはとても長い説明の文章です。'.repeat(400)}token=${SECRET}\n`
  for (const size of PIECES) expect([size, findIn(encode(MARK + text), size)]).toEqual([size, 'a Slack token'])
})

test('nothing is found in containers that hold none', async () => {
  const plain = Buffer.from('lorem ipsum\n'.repeat(3000))
  for (const content of [
    gzipSync(plain),
    zipSync({ a: plain }),
    await tarOf({ a: plain }),
    Buffer.from(MARK + plain, 'utf16le'),
  ])
    expect(findIn(content)).toBeUndefined()
})

test('archives are opened four deep, and no deeper', () => {
  const nested = (depth: number): Uint8Array => (depth === 0 ? TEXT : gzipSync(nested(depth - 1)))
  expect(findIn(nested(4))).toBe('a Slack token')
  expect(findIn(nested(5))).toBeUndefined()
})

test('what is broken, cut off or a bomb ends the look inside, and nothing else', () => {
  const packed = gzipSync(TEXT)
  expect(findIn(packed.subarray(0, 40))).toBeUndefined()
  expect(findIn(Buffer.concat([packed.subarray(0, 20), Buffer.from(`\n${SECRET}\n`)]))).toBe('a Slack token')
  expect(findIn(zipSync({ a: TEXT }).subarray(0, 60))).toBeUndefined()
  // Packed twice, two gigabytes, of which a quarter of one is unpacked.
  const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const bomb = gzipSync(Buffer.concat([...Array.from({ length: 32 }, () => zeros), gzipSync(TEXT)]))
  expect(bomb.length).toBeLessThan(100_000)
  expect(findIn(bomb)).toBeUndefined()
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x' } as const

const KEYS: Readonly<Record<string, Buffer>> = {
  'PKCS #8 of RSA': rsa.privateKey.export({ type: 'pkcs8', format: 'der' }),
  'PKCS #1 of RSA': rsa.privateKey.export({ type: 'pkcs1', format: 'der' }),
  'PKCS #8 of P-256': ec.privateKey.export({ type: 'pkcs8', format: 'der' }),
  'SEC 1 of P-256': ec.privateKey.export({ type: 'sec1', format: 'der' }),
  'PKCS #8 of Ed25519': ed.privateKey.export({ type: 'pkcs8', format: 'der' }),
  'PKCS #8, encrypted': rsa.privateKey.export({ type: 'pkcs8', format: 'der', ...encrypted }),
}

test.each(Object.entries(KEYS))('a key as DER is found: %s', (_, der) => {
  expect(findIn(der)).toBe('a private key')
  expect(findIn(gzipSync(der), 11)).toBe('a private key')
  // Without a header, as secrets of Kubernetes and settings hold it.
  expect(findIn(`key: ${der.toString('base64')}\n`)).toMatch(/^a private key/)
  expect(findIn(`${'-'.repeat(40)}${der.toString('base64')}\n`)).toMatch(/^a private key/)
})

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })

test.each([rsa, ec, ed].map(({ publicKey }) => spki(publicKey)))('a public key passes', (der) => {
  expect(findIn(der)).toBeUndefined()
  expect(findIn(`-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`)).toBeUndefined()
})

const PEMS = [
  ['RSA', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })],
  ['EC', ec.privateKey.export({ type: 'sec1', format: 'pem' })],
  ['PKCS #8', ed.privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['encrypted', rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted })],
].map(([name, pem]) => [String(name), String(pem)] as const)

test.each(PEMS)('a key as PEM is found: %s', (_, pem) => {
  const lines = pem.trimEnd().split('\n')
  for (const text of [
    pem,
    pem.replaceAll('\n', '\r\n'),
    JSON.stringify({ key: pem }),
    lines.map((line) => `2027-01-01T00:00:00.000Z INFO [deploy] ${line}`).join('\n'),
    lines.map((line) => `+${line}`).join('\n'),
    lines.map((line) => `    | ${line}`).join('\n'),
    `KEY="${lines.join('')}"`,
    `KEY=${lines.join(' ')}`,
  ])
    expect([text.slice(0, 60), findIn(text)]).toEqual([text.slice(0, 60), 'a private key'])
  for (const before of ['', 'x', 'xy']) {
    const packed = Buffer.from(before + pem).toString('base64')
    expect(findIn(`client-key-data: ${packed}\n`)).toBe('a private key in Base64')
    expect(findIn(`data: |\n${packed.replaceAll(/.{76}/g, '  $&\n')}\n`)).toBe('a private key in Base64')
  }
})

test.each([
  ['a KeePass database', Buffer.from('03d9a29a67fb4bb501000400', 'hex')],
  ['a Java key store', Buffer.from('feedfeed0000000200000001', 'hex')],
  ['a memory dump', Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(8), Buffer.from([4, 0])])],
  ['a memory dump', Buffer.from('MDMP\x93\xa7\0\0', 'latin1')],
])('%s is told by its first bytes', (id, start) => {
  expect(findIn(Buffer.concat([start, Buffer.alloc(500)]))).toBe(id)
  expect(findIn(Buffer.concat([Buffer.from('x'), start, Buffer.alloc(500)]))).toBeUndefined()
})
