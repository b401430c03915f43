/** A kind of file that is a secret as a whole, told by its first bytes. */
interface BinaryKind {
  readonly id: string
  /** In hexadecimal digits, of the first bytes; for DER behind the outermost length. */
  readonly start: RegExp
}

/** By the start of the file. */
const MAGIC: readonly BinaryKind[] = [
  // https://keepass.info/help/kb/kdbx_4.html
  { id: 'a KeePass database', start: /^03d9a29a6[57]fb4bb5/ },
  // https://docs.oracle.com/en/java/javase/21/docs/specs/security/standard-names.html (JKS and JCEKS)
  { id: 'a Java key store', start: /^(?:feedfeed|cececece)0000000[12]/ },
  // https://www.rfc-editor.org/rfc/rfc4880#section-5.5.1.3: tag 5, a secret key of version 3 or 4
  {
    id: 'a private key',
    start:
      /^(?:94[0-9a-f]{2}|95[0-9a-f]{4}|c5[0-9a-f]{2}|c5(?:c|d)[0-9a-f]{3})04[0-9a-f]{8}(?:01|11|13|16)(?:00|01|02|04|08|09)/,
  },
  // ELF of type ET_CORE; https://refspecs.linuxfoundation.org/elf/elf.pdf
  { id: 'a memory dump', start: /^7f454c46(?:0[12]01[0-9a-f]{20}0400|0[12]02[0-9a-f]{20}0004)/ },
  // https://learn.microsoft.com/windows/win32/api/minidumpapiset/ns-minidumpapiset-minidump_header
  { id: 'a memory dump', start: /^4d444d50|^5041474544(?:55|36)/ },
]

/** By what follows the outermost SEQUENCE, where that fills the whole file. */
const DER: readonly BinaryKind[] = [
  { id: 'a private key', start: /^020100(?:028[12]|0240|30[01][0-9a-f]06)/ },
  { id: 'a private key', start: /^020101(?:30[01][0-9a-f]06|04(?:1[0-9a-f]|20|30|42))/ },
  // RFC 8018, A.4: encrypted with PBES2, or with a scheme of PKCS #12.
  { id: 'a private key', start: /^30(?:[0-7][0-9a-f]|81[0-9a-f]{2})06092a864886f70d01050d/ },
  { id: 'a private key', start: /^30[0-7][0-9a-f]060a2a864886f70d010c01/ },
  // RFC 7292, 4: PFX, version 3.
  { id: 'a key store', start: /^0201033082/ },
]

/** How much of a file is needed to tell. */
const START_BYTES = 48

/**
 * What a file is, if it is a secret as a whole.
 * @param size of the whole file, in bytes
 */
export function binaryKind(start: Buffer, size: number): string | undefined {
  const hex = start.subarray(0, START_BYTES).toString('hex')
  const kind = MAGIC.find((each) => each.start.test(hex))
  if (kind !== undefined) return kind.id
  const inner = start[0] === 0x30 ? innerOf(start, size) : undefined
  return inner === undefined ? undefined : DER.find((each) => each.start.test(inner))?.id
}

/** Behind the header of a SEQUENCE that ends where the file does, in hexadecimal digits (X.690, 8.1.3). */
function innerOf(start: Buffer, size: number): string | undefined {
  const first = start[1] ?? 0
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || start.length < 2 + lengthBytes) return undefined
  const length = lengthBytes === 0 ? first : start.readUIntBE(2, lengthBytes)
  return 2 + lengthBytes + length === size ? start.subarray(2 + lengthBytes, START_BYTES).toString('hex') : undefined
}
