import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { binaryKind } from '../../../src/desired/secrets/binary-kinds.ts'

const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'der' })

test('a private key in DER is one as a whole file only', () => {
  expect(binaryKind(KEY, KEY.length)).toBe('a private key')
  expect(binaryKind(KEY, KEY.length + 1)).toBeUndefined()
})

// The first byte of a SEQUENCE, and then less than a length.
test.each(['30', '3001', '3080', '3082', '308201', '3084', '30840102', '3085', '30ff'])(
  '%s alone is nothing',
  (hex) => {
    const bytes = Buffer.from(hex, 'hex')
    expect(binaryKind(bytes, bytes.length)).toBeUndefined()
  },
)
