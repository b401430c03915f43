import { MAX_REACH, type Rule, token } from './rule.ts'

const PEM_SOURCE = 'https://www.rfc-editor.org/rfc/rfc7468'

/** What a private key begins with, as a regular expression (PEM, OpenSSH, PGP). */
export const KEY_HEADER = '-----BEGIN (?:[A-Z0-9]+ ){0,2}PRIVATE KEY(?: BLOCK)?-----'

/**
 * What stands between header and key, and between its lines: escapes, quotes, header fields. A field ends with its line:
 * there is but one way to read a text, so that none can be made that costs time.
 */
const BREAK = '(?:\\\\[nr]|[\\s"\'+,|>#*]|[A-Za-z-]{1,20}: [^\\r\\n\\\\]{0,80}(?=[\\r\\n\\\\]))'
/** What a log, a diff or a listing puts in front of each line. */
const PREFIX = '[\\r\\n]+[^\\r\\n]{0,120}?[\\s:|>\\]+-]'
/** Without a break only what DER and OpenSSH begin with: names of constants follow the header in programs, too. */
const PEM = new RegExp(
  `${KEY_HEADER}(?:(?:${BREAK}+|${PREFIX})([A-Za-z0-9+/]{40})|((?:MI|MC|MH|b3B)[A-Za-z0-9+/]{40}))`,
  'g',
)

/** "PRIVATE KEY" at each of the three places that Base64 has for it. */
const PACKED_NAMES = ['UFJJVkFURSBLRV', 'BSSVZBVEUgS0VZ', 'QUklWQVRFIEtFW']

/** In Base64, what stands before that name in a header, and more. */
const PACKED_HEADER = 48

const SSH2 = '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'

/** Keys, and tokens that carry who signed them. */
export const KEY_RULES: readonly Rule[] = [
  {
    id: 'a private key',
    literals: ['PRIVATE KEY-----', 'PRIVATE KEY BLOCK-----'],
    pattern: PEM,
    example: '-----BEGIN EC PRIVATE KEY-----\n{64:b}\n{64:b}\n-----END EC PRIVATE KEY-----',
    source: PEM_SOURCE,
    reach: MAX_REACH,
    standsInData: true,
  },
  {
    id: 'a private key',
    literals: [SSH2],
    pattern: /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\s[^-]{0,200}\s([A-Za-z0-9+/]{40})/g,
    example: `${SSH2}\nComment: "me"\n{64:b}`,
    source: 'https://www.rfc-editor.org/rfc/rfc4716',
    standsInData: true,
  },
  {
    id: 'a private key in Base64',
    literals: PACKED_NAMES,
    pattern: /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\\n|\s){100,12000}/g,
    example: 'client-key-data: «-----BEGIN RSA PRIVATE KEY-----\n{64:b}\n{64:b}\n{64:b}\n»',
    source: 'https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/',
    reach: MAX_REACH,
    standsInData: true,
    isSecret: ([run]) => isPemInBase64(run),
  },
  {
    id: 'a private key in Base64',
    // PKCS #8 and PKCS #1 of RSA, PKCS #8 and SEC 1 of elliptic curves, PKCS #8 of Ed25519, PKCS #8 encrypted.
    literals: [
      'IBADANBgkqhkiG9w0BAQEFAASC',
      'IBAAKCAQEA',
      'IBAAKCAYEA',
      'IBAAKCAgEA',
      'IBAAKBgQ',
      'AgEAMBMGByqGSM49AgEG',
      'AgEAMBAGByqGSM49AgEG',
      'MC4CAQAwBQYDK2VwBCIEI',
      'HcCAQEEI',
      'GkAgEBBDA',
      'HcAgEBBEI',
      'BgkqhkiG9w0BBQ0w',
    ],
    pattern:
      /(?<![A-Za-z0-9+/])(?:M[A-Za-z0-9+/]{3,7}(?:IBADANBgkqhkiG9w0BAQEFAASC|IBAAKC|IBAAKBgQ|AgEAMB[AM]GByqGSM49AgEG)|MC4CAQAwBQYDK2VwBCIEI|M(?:HcCAQEEI|IGkAgEBBDA|IHcAgEBBEI)|MI[A-Za-z0-9+/]{6}BgkqhkiG9w0BBQ0w)(?:[A-Za-z0-9+/]|\\n|\s){32,}/g,
    example: 'key: MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{400:b}',
    source: 'https://www.rfc-editor.org/rfc/rfc5958',
    reach: MAX_REACH,
    standsInData: true,
  },
  {
    id: 'a PuTTY key',
    literals: ['PuTTY-User-Key-File-'],
    pattern: /PuTTY-User-Key-File-\d: [a-z0-9@.-]+[\s\S]{0,6000}?Private-Lines: \d+\s+[A-Za-z0-9+/=]{16,}/g,
    example: 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n{44:b}',
    source: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html',
    reach: MAX_REACH,
    standsInData: true,
  },
  {
    id: 'a JSON web key',
    literals: ['"kty"'],
    pattern:
      /\{(?=[^{}]{0,6000}?"kty"\s*:\s*"(?:RSA|EC|OKP|oct)")[^{}]{0,6000}?"(?:d|k)"\s*:\s*"([A-Za-z0-9_-]{32,})"/g,
    example: '{"kty":"EC","crv":"P-256","x":"{43}","y":"{43}","d":"{43}"}',
    source: 'https://www.rfc-editor.org/rfc/rfc7517#section-4',
    reach: MAX_REACH,
    standsInData: true,
  },
  {
    id: 'an age key',
    literals: ['AGE-SECRET-KEY-1'],
    pattern: token('AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
    example: 'AGE-SECRET-KEY-1{58:age}',
    source: 'https://github.com/C2SP/C2SP/blob/main/age.md',
  },
  {
    id: 'a WireGuard key',
    literals: ['PrivateKey = ', 'PrivateKey=', 'PresharedKey = '],
    pattern: /(?:PrivateKey|PresharedKey)\s?=\s?([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)/g,
    example: '[Interface]\nPrivateKey = {42}A=',
    source: 'https://man7.org/linux/man-pages/man8/wg.8.html',
  },
  {
    id: 'a JSON web token',
    literals: ['.eyJ'],
    pattern: /(?<![A-Za-z0-9_-])ey[JI][A-Za-z0-9_-]{8,4000}\.(eyJ[A-Za-z0-9_-]{8,7000})\.[A-Za-z0-9_-]{20,}/g,
    example: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ{24}.{86}',
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
    reach: MAX_REACH,
    standsInData: true,
    // A token that says that it is an example, as the well-known one of jwt.io does.
    isSecret: ([, payload = '']) => !/John Doe|123456789/.test(Buffer.from(payload, 'base64url').toString()),
  },
  {
    id: 'a 1Password token',
    literals: ['ops_eyJ'],
    pattern: token('ops_eyJ[A-Za-z0-9+/=_-]{100,}'),
    example: 'ops_eyJ{400}',
    source: 'https://developer.1password.com/docs/service-accounts/security/',
  },
]

function isPemInBase64(run: string): boolean {
  const places = PACKED_NAMES.map((name) => run.indexOf(name)).filter((at) => at >= 0)
  const packed = run.slice(Math.max(0, Math.min(...places) - PACKED_HEADER)).replaceAll(/\\n|\s/g, '')
  return [0, 1, 2, 3].some((skip) => new RegExp(PEM).test(Buffer.from(packed.slice(skip), 'base64').toString('latin1')))
}
