import type { IncomingHttpHeaders } from 'node:http'
import { loadCloud } from '../../src/api/credentials/load-cloud.ts'
import { parametersOf } from '../http/query.ts'

export interface AwsIdentity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** What a signed request says of its signature. */
export interface Claim {
  readonly accessKeyId: string
  readonly day: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  /** As sent, `20261128T093000Z`. */
  readonly date: string
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=[0-9a-f]{64}$/

export const isSigned = ({ authorization = '' }: IncomingHttpHeaders): boolean => authorization.startsWith('AWS4-')

/** Undefined if the header is not one of Signature Version 4. */
export function claimOf(headers: IncomingHttpHeaders): Claim | undefined {
  const [, accessKeyId, day, region, service, names] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  const date = headers['x-amz-date']
  if (accessKeyId === undefined || day === undefined || region === undefined) return undefined
  if (service === undefined || names === undefined || typeof date !== 'string') return undefined
  return { accessKeyId, day, region, service, signedHeaders: names.split(';'), date }
}

/** In milliseconds; NaN if it is no date of this form. */
export function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

export const dateOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

interface SignedRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

/** Whether the signature is the one that the library makes of this request with this identity. */
export type Judge = (request: SignedRequest, claim: Claim, credentials: AwsIdentity) => Promise<boolean>

const load = async () => (await loadCloud()).loadSigner()
let library: ReturnType<typeof load> | undefined

/** Only those who ask for this platform load the library. */
export async function loadJudge(): Promise<Judge> {
  library ??= load()
  const { SignatureV4, Sha256 } = await library
  return async ({ method, target, headers }, claim, credentials) => {
    if (!signsWhatItMust(headers, claim)) return false
    const { region, service, signedHeaders, date } = claim
    const { pathname: path, searchParams } = new URL(target, 'http://localhost')
    const query = parametersOf(searchParams)
    const covered = Object.fromEntries(signedHeaders.map((name) => [name, String(headers[name] ?? '')]))
    const signed = await new SignatureV4({ credentials, region, service, sha256: Sha256 }).sign(
      { method, protocol: 'http:', hostname: 'localhost', path, query, headers: covered },
      { signingDate: new Date(timeOf(date)), signableHeaders: new Set(signedHeaders) },
    )
    return signatureIn(signed.headers.authorization) === signatureIn(headers.authorization)
  }
}

/** Documented: the host and every `x-amz-` header that is sent. */
function signsWhatItMust(headers: IncomingHttpHeaders, { signedHeaders }: Claim): boolean {
  const must = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))]
  return must.every((name) => signedHeaders.includes(name))
}

const signatureIn = (authorization = ''): string => authorization.split('Signature=')[1] ?? ''
