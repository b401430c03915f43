import { existsSync } from 'node:fs'
import path from 'node:path'
import { PUBLIC_API } from '../api/connect.ts'
import { googleCredentials } from '../runner/google-credentials.ts'
import { quote } from '../text/escape.ts'
import { readBaseUrl } from './base-url.ts'
import { type Absence, type Access, orSkip, readWorkspaceId, warnOfOtherWays } from './credential.ts'
import type { InputReader } from './reader.ts'
import { type Environment, setting, variable } from './setting.ts'

const SERVICE = 'https://claude.googleapis.com/v1'

/** Reads where a workspace on Google Cloud is, and whether there are credentials, in the order of the official client. */
export function readGoogleCloud(read: InputReader, env: Environment, absence: Absence): Access {
  warnOfOtherWays(read, 'google-cloud', ['anthropic-api-key'])
  const credential = { kind: 'google-cloud' } as const
  const lack = lackOfGoogleCredentials(env)
  if (lack === NONE && absence.isAllowed) {
    const why = absence.withheld ?? 'There are no Google Cloud credentials'
    return { baseUrl: new URL(PUBLIC_API), credential: { kind: 'skip', why } }
  }
  if (lack !== undefined) read.problem('platform', `\`google-cloud\`: ${lack}; ${GET_CREDENTIALS}${orSkip(absence)}`)
  const given = setting(read, 'base-url', env, 'ANTHROPIC_GOOGLE_CLOUD_BASE_URL')
  if (given === undefined) return { baseUrl: addressOfWorkspace(read, env), credential }
  read.warnIfGiven(['anthropic-workspace-id'], 'beside an address of your own, which names the workspace')
  const baseUrl = readBaseUrl(read, given, 'google-cloud')
  if (baseUrl.origin === new URL(SERVICE).origin && !/\/workspaces\/[^/]+\/invoke\/*$/.test(baseUrl.pathname)) {
    read.problem(
      'base-url',
      `${quote(baseUrl.href)}${given.source} does not name the workspace: remove it, or end it with \`/v1/projects/…/locations/…/workspaces/…/invoke\``,
    )
  }
  return { baseUrl, credential }
}

const NONE = 'there are no Google Cloud credentials'

const GET_CREDENTIALS = 'run `google-github-actions/auth` before this step, in the same job'

/** What keeps Google from giving credentials, as far as this machine says; undefined if nothing does. */
export function lackOfGoogleCredentials(env: Environment): string | undefined {
  const { GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, HOME, RUNNER_ENVIRONMENT } = env
  if (GOOGLE_APPLICATION_CREDENTIALS) {
    return existsSync(GOOGLE_APPLICATION_CREDENTIALS)
      ? undefined
      : 'the file that GOOGLE_APPLICATION_CREDENTIALS names does not exist'
  }
  const ofLogin = path.join(
    CLOUDSDK_CONFIG || path.join(HOME ?? '', '.config/gcloud'),
    'application_default_credentials.json',
  )
  // Machines of one's own may have a service account of their own.
  const isFound = RUNNER_ENVIRONMENT === 'self-hosted' || existsSync(ofLogin)
  return isFound ? undefined : NONE
}

function addressOfWorkspace(read: InputReader, env: Environment): URL {
  const workspace = readWorkspaceId(read, env, 'ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID', 'google-cloud')
  const location = variable(env, 'ANTHROPIC_GOOGLE_CLOUD_LOCATION')?.text ?? 'global'
  const project =
    variable(env, 'ANTHROPIC_GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT')?.text ??
    googleCredentials(env)?.project
  if (project === undefined) {
    read.problem(
      'platform',
      '`google-cloud`: the project of the workspace is not known; set GOOGLE_CLOUD_PROJECT, as `google-github-actions/auth` does before this step',
    )
  }
  const parts = { projects: project ?? '', locations: location, workspaces: workspace }
  const segments = Object.entries(parts).map(([name, value]) => `/${name}/${inPath(value)}`)
  return new URL(`${SERVICE}${segments.join('')}/invoke`)
}

/** As the official client writes it: ids of projects hold colons. */
function inPath(text: string): string {
  return text.replace(/[^\w.~!$&'()*+,;=:@-]+/g, encodeURIComponent)
}
