import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** When a certificate is valid. */
export interface Validity {
  readonly from: Date
  readonly to: Date
}

export interface Certificate {
  readonly name: string
  readonly key: KeyObject
  /** As servers and `NODE_EXTRA_CA_CERTS` take it. */
  readonly pem: string
}

/** The certificate of an authority that nobody knows, signed by itself. */
export function certificateOfAuthority(name: string, validity: Validity): Certificate {
  const { privateKey: key, publicKey } = newKeys()
  const isAuthority = extension(OID.basicConstraints, sequence(tlv(TAG.boolean, Buffer.of(0xff))))
  return { name, key, pem: signed({ name, publicKey, validity, extension: isAuthority }, { name, key }) }
}

/** The certificate of a server of these names and addresses (IPv4). */
export function certificateOfServer(
  { dns, ip }: { readonly dns: readonly string[]; readonly ip: readonly string[] },
  validity: Validity,
  by: Issuer,
): Certificate {
  const { privateKey: key, publicKey } = newKeys()
  const names = [
    ...dns.map((name) => tlv(TAG.dnsName, Buffer.from(name))),
    ...ip.map((address) => tlv(TAG.ipAddress, Buffer.from(address.split('.').map(Number)))),
  ]
  const name = dns[0] ?? 'server'
  const subject = { name, publicKey, validity, extension: extension(OID.otherNames, sequence(...names)) }
  return { name, key, pem: signed(subject, by) }
}

type Issuer = Pick<Certificate, 'name' | 'key'>

interface Subject {
  readonly name: string
  readonly publicKey: KeyObject
  readonly validity: Validity
  readonly extension: Buffer
}

/** A certificate as RFC 5280 has it, section 4.1. */
function signed({ name, publicKey, validity, extension }: Subject, by: Issuer): string {
  const algorithm = sequence(OID.ecdsaWithSha256)
  const content = sequence(
    tlv(TAG.version, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    commonName(by.name),
    sequence(time(validity.from), time(validity.to)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(TAG.extensions, sequence(extension)),
  )
  const certificate = sequence(content, algorithm, bits(sign('sha256', content, by.key)))
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

/** Tags of DER (X.690), and those of RFC 5280 that depend on the place. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  bytes: 0x04,
  text: 0x0c,
  shortTime: 0x17,
  longTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const

const OID = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  otherNames: Buffer.from('0603551d11', 'hex'),
} as const

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length > 0xffff) throw new Error('no certificate is so long')
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

const sequence = (...parts: readonly Buffer[]) => tlv(TAG.sequence, Buffer.concat(parts))

const integer = (bytes: Buffer) => tlv(TAG.integer, bytes)

const bits = (bytes: Buffer) => tlv(TAG.bits, Buffer.concat([Buffer.of(0), bytes]))

const extension = (oid: Buffer, content: Buffer) => sequence(oid, tlv(TAG.bytes, content))

const commonName = (name: string) => sequence(tlv(TAG.set, sequence(OID.commonName, tlv(TAG.text, Buffer.from(name)))))

/** Of four digits for the year only from 2050 on. */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return date.getUTCFullYear() < 2050
    ? tlv(TAG.shortTime, Buffer.from(digits.slice(2)))
    : tlv(TAG.longTime, Buffer.from(digits))
}
