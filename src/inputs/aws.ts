import { quote } from '../text/escape.ts'
import { readBaseUrl, regionOf } from './base-url.ts'
import { type Absence, type Access, orSkip, readKey, readWorkspaceId, warnOfOtherWays } from './credential.ts'
import type { InputReader } from './reader.ts'
import { type Environment, type Setting, setting, variable } from './setting.ts'

/** Variables each of which leads to credentials. */
const SOURCES = [
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
] as const

/** Reads where a workspace on AWS is, and as whom it is called, in the order of the official client. */
export function readAws(read: InputReader, env: Environment, absence: Absence): Access {
  warnOfOtherWays(read, 'aws')
  const key = awsKeyIn(read, env)
  const lack = key === undefined ? lackOfAwsCredentials(env) : undefined
  const address = setting(read, 'base-url', env, 'ANTHROPIC_AWS_BASE_URL')
  const given = address && readBaseUrl(read, address, 'aws')
  const region = readRegion(read, env, given)
  const baseUrl = given ?? new URL(`https://aws-external-anthropic.${region}.api.aws`)
  if (lack === NONE && absence.isAllowed) {
    return { baseUrl, credential: { kind: 'skip', why: absence.withheld ?? 'There are no AWS credentials' } }
  }
  if (lack !== undefined) read.problem('platform', `\`aws\`: ${lack}; ${GET_CREDENTIALS}${orSkip(absence)}`)
  if (region === '' && (key === undefined || given === undefined)) read.problem('platform', REGION_MISSING)
  const workspaceId = readWorkspaceId(read, env, 'ANTHROPIC_AWS_WORKSPACE_ID', 'aws')
  if (key === undefined) return { baseUrl, credential: { kind: 'aws', region, workspaceId } }
  return { baseUrl, credential: { kind: 'aws-key', key: readKey(read, key), workspaceId } }
}

const NONE = 'there are no AWS credentials'

const GET_CREDENTIALS =
  'run `aws-actions/configure-aws-credentials` before this step, in the same job, or pass a key of the workspace as `anthropic-api-key`'

const REGION_MISSING =
  '`aws`: the region of the workspace is not known; set AWS_REGION, as `aws-actions/configure-aws-credentials` does before this step'

/** The key of a workspace. */
export function awsKeyIn(read: InputReader, env: Environment): Setting | undefined {
  return setting(read, 'anthropic-api-key', env, 'ANTHROPIC_AWS_API_KEY')
}

/** What keeps AWS from giving credentials, as far as the environment says; undefined if nothing does. */
export function lackOfAwsCredentials(env: Environment): string | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, RUNNER_ENVIRONMENT } = env
  if ((AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) || variable(env, ...SOURCES) !== undefined) return undefined
  if (AWS_ACCESS_KEY_ID) return 'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY'
  if (AWS_SECRET_ACCESS_KEY) return 'AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID'
  // Machines of one's own may have a role of their own.
  return RUNNER_ENVIRONMENT === 'self-hosted' ? undefined : NONE
}

/** Empty if it is not known. */
function readRegion(read: InputReader, env: Environment, address: URL | undefined): string {
  const set = variable(env, 'AWS_REGION', 'AWS_DEFAULT_REGION')
  const named = address && regionOf(address)
  if (set === undefined) return named ?? ''
  if (named !== undefined && named !== set.text) {
    read.problem(
      'base-url',
      `is in the region ${named}, and not in ${quote(set.text)}${set.source}; set AWS_REGION to the region of the workspace`,
    )
  }
  if (/^[a-z0-9-]{1,40}$/.test(set.text)) return set.text
  read.problem('platform', `\`aws\`: ${quote(set.text)}${set.source} is not the name of a region, like \`us-east-1\``)
  return named ?? 'invalid'
}
