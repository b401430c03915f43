import type { Federation } from '../oauth/oauth.ts'
import type { Credentials } from '../oauth/oauth-credentials.ts'
import { openAnthropic } from './anthropic.ts'
import { Aws, type AwsOptions } from './aws.ts'
import { type GoogleCloudOptions, openGoogleCloud } from './google-cloud.ts'
import { GoogleTokens } from './google-tokens.ts'
import type { Platform, PlatformName } from './platform.ts'

export interface PlatformOptions {
  /** `anthropic` if not given. */
  readonly platform?: PlatformName | undefined
  readonly aws?: AwsOptions | undefined
  readonly googleCloud?: GoogleCloudOptions | undefined
  /** How long a cloud's session tokens and access tokens live; 3600 if not given. */
  readonly tokenLifetimeSeconds?: number | undefined
  /** Whose JWTs are exchanged for access tokens; without it, nobody's. */
  readonly federation?: Federation | undefined
  /** Whether Anthropic's key reaches several workspaces, so that each request has to name one. */
  readonly keyNeedsWorkspace?: boolean | undefined
}

export async function openPlatform(
  options: PlatformOptions,
  credentials: Credentials,
  now: () => number,
): Promise<Platform> {
  const { aws = {}, googleCloud = {}, tokenLifetimeSeconds: lifetimeSeconds = 3600, federation } = options
  switch (options.platform) {
    case 'aws':
      return Aws.open(aws, { credentials, lifetimeSeconds, now })
    case 'google-cloud':
      return openGoogleCloud(googleCloud, new GoogleTokens(federation, { credentials, lifetimeSeconds, now }))
    default:
      return openAnthropic(credentials, options.keyNeedsWorkspace ?? false)
  }
}
