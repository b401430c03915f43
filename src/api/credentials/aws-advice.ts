import type { CallName, StatusError } from '../errors.ts'

const STEP = '`aws-actions/configure-aws-credentials`'

/** What AWS's refusals mean, by their type or message, and what to do. @param region of the signature */
const REFUSALS: readonly (readonly [RegExp, (region: string) => string])[] = [
  [
    /expiredtoken|token .*(is|has) expired/i,
    () =>
      `The AWS credentials have expired; a role's live for an hour by default. Set \`role-duration-seconds\` on the step with ${STEP} to a time that is longer than the job, and allow it as the role's maximum session duration.`,
  ],
  [
    /requesttimetooskewed|requestexpired|signature (expired|not yet current)/i,
    () => "The runner's clock is off: AWS takes signatures that are at most five minutes old. Set the clock (NTP).",
  ],
  [
    /invalidsignature|signaturedoesnotmatch|incompletesignature|should be scoped/i,
    (region) =>
      `AWS refused the signature. Check that the workspace is in the region that the request was signed for, ${region} (AWS_REGION, \`aws-region\` of ${STEP}), and that AWS_SECRET_ACCESS_KEY belongs to AWS_ACCESS_KEY_ID.`,
  ],
  [
    /unrecognizedclient|invalidclienttokenid|invalidaccesskeyid|missingauthenticationtoken|token .*is invalid/i,
    () =>
      `AWS does not know these credentials. Run ${STEP} before this step, in the same job, and set none of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN after it.`,
  ],
  [
    /outbound web identity/i,
    () => 'Run `aws iam enable-outbound-web-identity-federation` once for the AWS account of the workspace.',
  ],
]

/** What to do about a refusal by AWS. @param region of the signature; undefined with a key */
export function adviceOfAws({ details, call }: StatusError, region?: string): string | undefined {
  const { status, type, message, isForeign } = details
  if (status < 400 || status > 404 || status === 402) return undefined
  const text = `${type} ${message}`
  const known = REFUSALS.find(([pattern]) => pattern.test(text))?.[1]
  if (known !== undefined) return known(region ?? 'unknown')
  // A proxy's answer has no type.
  if (type === undefined) return undefined
  if (status === 403) {
    const bearer = region === undefined ? ', and `aws-external-anthropic:CallWithBearerToken` on `*`' : ''
    return `Allow \`aws-external-anthropic:${actionOf(call)}\` on the workspace in the policy of the role${bearer}, and check \`anthropic-workspace-id\`.`
  }
  return isForeign || status === 404
    ? `Check the ids, \`anthropic-workspace-id\` among them, and that the workspace is in ${region ?? 'the region of this address'} (AWS_REGION).`
    : undefined
}

/** The IAM action of a call (documented, "IAM actions for Claude Platform on AWS"). */
function actionOf({ method, target }: CallName): string {
  const [, noun = '', id, below] = /^\/v1\/(file|session)s(?:\/([^/?]+)(?:\/([^?]+))?)?/.exec(target) ?? []
  const name = noun === 'file' ? 'File' : 'Session'
  if (id === undefined) return method === 'GET' ? `List${name}s` : `Create${name}`
  if (method === 'GET') return `Get${name}`
  if (below === 'archive') return `Archive${name}`
  return method === 'DELETE' && below === undefined ? `Delete${name}` : `Update${name}`
}
