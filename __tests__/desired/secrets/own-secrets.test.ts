import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { zipSync } from 'fflate'
import { ownSecrets } from '../../../src/desired/secrets/own-secrets.ts'
import { SecretSearch } from '../../../src/desired/secrets/secret-scan.ts'
import { madeUp } from '../../harness/made-up.ts'
import { findIn } from './search-text.ts'

const OWN = "one of this run's own credentials"

/** Of no form that a rule knows: short, with what encodings change, long as a token that is signed. */
const SECRETS = [madeUp('own {14} / + "{3}"'), madeUp('opaque-{32}'), madeUp('{16}'), madeUp('{400}.{1500}.{300}')]

const wrapped = (text: string, width: number, indent = '') =>
  text.replaceAll(new RegExp(`.{${width}}`, 'gs'), `$&\n${indent}`)
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')

const FORMS: Readonly<Record<string, (secret: string) => string | Buffer>> = {
  'as it is': (secret) => `key: ${secret}`,
  'in Base64': (secret) => base64(secret),
  'in Base64 with something before it': (secret) => base64(`x${secret}`),
  'in Base64 with more before it': (secret) => base64(`me:${secret}\nand more`),
  'in Base64 as git carries it': (secret) => `basic ${base64(`x-access-token:${secret}`)}`,
  'in Base64 for addresses': (secret) => Buffer.from(`??>${secret}`).toString('base64url'),
  'in Base64 that is wrapped': (secret) => wrapped(base64(`x${secret}`), 76),
  'in Base64 that is wrapped and indented': (secret) => wrapped(base64(`xy${secret}`), 64, '      '),
  'in Base64 of UTF-16': (secret) => base64(Buffer.from(`$x = "${secret}"`, 'utf16le')),
  'encoded for an address': (secret) => `?key=${encodeURIComponent(secret)}&x=1`,
  'as a string of JSON': (secret) => JSON.stringify({ key: secret }),
  'in hexadecimal digits': (secret) => Buffer.from(secret).toString('hex'),
  'in UTF-16': (secret) => Buffer.from(`\ufeffkey ${secret}`, 'utf16le'),
  'in UTF-16, big end first': (secret) => Buffer.from(`key ${secret}`, 'utf16le').swap16(),
  'in UTF-16 between other bytes': (secret) =>
    Buffer.concat([Buffer.alloc(33, 0xc3), Buffer.from(secret, 'utf16le'), Buffer.alloc(9, 0xff)]),
  'between other bytes': (secret) =>
    Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0x80]), Buffer.from(secret), Buffer.from([0xc3])]),
  'in gzip': (secret) => gzipSync(`key: ${secret}`),
  'in zip, in Base64': (secret) => Buffer.from(zipSync({ 'a.txt': Buffer.from(base64(secret)) })),
}

test.each(Object.keys(FORMS))('the run’s own secrets are found %s', (name) => {
  for (const secret of SECRETS) {
    const search = new SecretSearch([secret])
    const content = FORMS[name]?.(secret) ?? ''
    for (const size of [512 * 1024, 1000, 13]) {
      expect([secret.length, size, findIn(content, size, search)]).toEqual([secret.length, size, OWN])
      expect(findIn(FORMS[name]?.(madeUp(secret.replaceAll(/[a-z]/g, '{1}'), 99)) ?? '', size, search)).toBeUndefined()
    }
  }
})

test('in files past every size, at the end, at the border of pieces, and packed', () => {
  const [, secret = ''] = SECRETS
  const search = new SecretSearch([secret])
  const piece = 512 * 1024
  const scanOf = (at: number) => {
    const size = 150 * piece
    const scan = search.scan(size)
    const filler = Buffer.alloc(piece, 'lorem ipsum dolor\n')
    for (let offset = 0; offset < size; offset += piece) {
      const bytes = Buffer.from(filler)
      Buffer.from(base64(secret)).forEach((byte, i) => {
        if (at + i >= offset && at + i < offset + piece) bytes[at + i - offset] = byte
      })
      scan.add(bytes)
    }
    scan.end()
    return scan.finding
  }
  for (const at of [0, 100 * piece - 1, 140 * piece - 20, 149 * piece + 5, 150 * piece - base64(secret).length])
    expect([at, scanOf(at)]).toEqual([at, OWN])
})

test('what is not set is no secret, nor is what is too short to be one', () => {
  const [short, enough] = [madeUp('{15}'), madeUp('{16}')]
  expect(ownSecrets([undefined, short, enough, enough], { AWS_SESSION_TOKEN: short })).toEqual([enough])
})
