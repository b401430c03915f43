import { PLATFORMS } from '../api/credentials/usable-credential.ts'
import { FORKS_GET_NO_SECRETS, type WorkflowEvent } from '../runner/workflow-event.ts'
import { readAnthropic } from './anthropic.ts'
import { readAws } from './aws.ts'
import type { Access } from './credential.ts'
import { readGoogleCloud } from './google-cloud.ts'
import type { InputReader } from './reader.ts'
import type { Environment } from './setting.ts'

const READERS = { anthropic: readAnthropic, aws: readAws, 'google-cloud': readGoogleCloud } as const

/** Reads where the service is, and as whom it is called: inputs first, then the variables of the platform's own tools. */
export function readAccess(read: InputReader, env: Environment, event: WorkflowEvent): Access {
  const isAllowed = read.oneOf('if-no-credentials', ['error', 'skip']) === 'skip'
  return READERS[read.oneOf('platform', PLATFORMS)](read, env, { withheld: withheldFrom(event, env), isAllowed })
}

/** The reason for which GitHub withholds secrets and OIDC tokens from this run; undefined if it does not. */
function withheldFrom(event: WorkflowEvent, env: Environment): string | undefined {
  const withheld = (who: string) => `GitHub withholds secrets and OIDC tokens from a workflow that ${who} starts`
  if (event.kind === 'head' && event.change === 'fork' && FORKS_GET_NO_SECRETS.has(event.name)) {
    return withheld('a pull request from a fork')
  }
  return env.GITHUB_ACTOR === 'dependabot[bot]' ? withheld('Dependabot') : undefined
}
