import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { missing, Problem } from '../http/problem.ts'
import { type AwsIdentity, claimOf, dateOf, isSigned, type Judge, loadJudge, timeOf } from './aws-signature.ts'
import { permissionOf } from './permission.ts'
import {
  type Knock,
  type Platform,
  type TokenParts,
  type Variables,
  WORKSPACE_HEADER,
  WORKSPACE_ID,
} from './platform.ts'

export interface AwsOptions {
  /** The workspace's; `us-east-1` if not given. */
  readonly region?: string | undefined
  /** Whose signatures are good; made up if not given. */
  readonly identity?: AwsIdentity | undefined
  /** IAM actions that the identity may do; all if not given. */
  readonly allow?: readonly string[] | undefined
}

const SERVICE = 'aws-external-anthropic'
const SKEW_MS = 5 * 60_000
const NOUNS: Variables = {
  files: 'File',
  sessions: 'Session',
  agents: 'Agent',
  environments: 'Environment',
  memory_stores: 'MemoryStore',
}

/** A refusal of the gateway's, in the form that AWS services give to theirs. */
class AwsRefusal extends Problem {
  readonly #type: string

  constructor(type: string, message: string, status = 403) {
    super(status, message)
    this.#type = type
  }

  override envelope(): object {
    return { message: this.message }
  }

  override headers(): Variables {
    return { 'x-amzn-errortype': this.#type }
  }
}

/** Claude Platform on AWS: requests are signed, or come with a key of the workspace, and name the workspace. */
export class Aws implements Platform {
  readonly prefix = ''
  readonly #region: string
  readonly #identity: AwsIdentity
  readonly #allow: readonly string[] | undefined
  readonly #parts: TokenParts
  readonly #isGenuine: Judge

  private constructor({ region, identity, allow }: AwsOptions, parts: TokenParts, isGenuine: Judge) {
    this.#region = region ?? 'us-east-1'
    this.#identity = identity ?? madeUpIdentity()
    this.#allow = allow
    this.#parts = parts
    this.#isGenuine = isGenuine
  }

  static async open(options: AwsOptions, parts: TokenParts): Promise<Aws> {
    return new Aws(options, parts, await loadJudge())
  }

  async admit(knock: Knock): Promise<void> {
    const { headers } = knock
    if (isSigned(headers)) await this.#checkSignature(knock)
    else if (headers.authorization === undefined && headers['x-api-key'] === undefined)
      throw new AwsRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token')
    else if (!this.#parts.credentials.accept(headers, false))
      throw new AwsRefusal('AccessDeniedException', 'Please make sure your API Key is valid.')
    const workspace = headers[WORKSPACE_HEADER]
    if (workspace === undefined)
      throw new AwsRefusal('ValidationException', `Missing required header: ${WORKSPACE_HEADER}`, 400)
    this.#checkPermission(knock, String(workspace))
    if (workspace !== WORKSPACE_ID) throw missing('Workspace not found')
  }

  async #checkSignature(knock: Knock): Promise<void> {
    const { headers } = knock
    const claim = claimOf(headers)
    if (claim === undefined)
      throw new AwsRefusal('IncompleteSignatureException', 'Authorization header is not complete', 400)
    const { accessKeyId, sessionToken } = this.#identity
    if (claim.accessKeyId !== accessKeyId || headers['x-amz-security-token'] !== sessionToken)
      throw new AwsRefusal('UnrecognizedClientException', 'The security token included in the request is invalid.')
    if (sessionToken !== undefined && !this.#parts.credentials.isLiveToken(sessionToken))
      throw new AwsRefusal('ExpiredTokenException', 'The security token included in the request is expired')
    if (claim.region !== this.#region || claim.service !== SERVICE || claim.day !== claim.date.slice(0, 8))
      throw invalidSignature(`Credential should be scoped to a valid region. `)
    this.#checkClock(claim.date)
    if (!(await this.#isGenuine(knock, claim, this.#identity)))
      throw invalidSignature(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      )
  }

  #checkClock(date: string): void {
    const now = this.#parts.now()
    const [earliest, latest] = [now - SKEW_MS, now + SKEW_MS]
    const time = timeOf(date)
    if (time < earliest)
      throw invalidSignature(
        `Signature expired: ${date} is now earlier than ${dateOf(earliest)} (${dateOf(now)} - 5 min.)`,
      )
    if (!(time <= latest))
      throw invalidSignature(
        `Signature not yet current: ${date} is still later than ${dateOf(latest)} (${dateOf(now)} + 5 min.)`,
      )
  }

  #checkPermission({ method, target }: Knock, workspace: string): void {
    const { verb, collection } = permissionOf(method, target)
    const action = `${verb}${NOUNS[collection] ?? collection}${verb === 'List' ? 's' : ''}`
    if (this.#allow?.includes(action) !== false) return
    const arn = `arn:aws:${SERVICE}:${this.#region}:123456789012:workspace/${workspace}`
    throw new AwsRefusal(
      'AccessDeniedException',
      `User: arn:aws:sts::123456789012:assumed-role/emulator/GitHubActions is not authorized to perform: ${SERVICE}:${action} on resource: ${arn} because no identity-based policy allows the ${SERVICE}:${action} action`,
    )
  }

  /** Observed with the SDK: an upload is sent with `UNSIGNED-PAYLOAD`, everything else with its hash. */
  checkBody(headers: IncomingHttpHeaders, body: Buffer): void {
    if (isSigned(headers) && headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex'))
      throw new AwsRefusal(
        'XAmzContentSHA256MismatchException',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        400,
      )
  }

  refusePath(): Problem {
    return missing('Not found')
  }

  replyHeaders(requestId: string): Variables {
    return { 'x-amzn-requestid': requestId.replace(/^req/, 'amzn') }
  }

  accessHeaders(): Variables {
    return { 'x-api-key': this.#parts.credentials.apiKey, [WORKSPACE_HEADER]: WORKSPACE_ID }
  }

  variables(url: string): Variables {
    const { accessKeyId, secretAccessKey, sessionToken } = this.#identity
    return {
      AWS_DEFAULT_REGION: this.#region,
      AWS_REGION: this.#region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      ANTHROPIC_AWS_BASE_URL: url,
      ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
    }
  }

  clear(): void {
    const { sessionToken } = this.#identity
    if (sessionToken !== undefined) this.#parts.credentials.issueToken(this.#parts.lifetimeSeconds, sessionToken)
  }
}

const invalidSignature = (message: string): AwsRefusal => new AwsRefusal('InvalidSignatureException', message)

/** In the forms of a role's: nobody was ever given them. */
function madeUpIdentity(): AwsIdentity {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: `IQoJ${randomBytes(300).toString('base64')}`,
  }
}
