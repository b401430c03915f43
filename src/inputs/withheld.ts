import { FORKS_GET_NO_SECRETS, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { Environment } from './setting.ts'

/** The reason for which GitHub withholds secrets and OIDC tokens from this run; undefined if it does not. */
export function withheldFrom(event: WorkflowEvent, env: Environment): string | undefined {
  const withheld = (who: string) => `GitHub withholds secrets and OIDC tokens from a workflow that ${who} starts`
  if (event.kind === 'head' && event.change === 'fork' && FORKS_GET_NO_SECRETS.has(event.name)) {
    return withheld('a pull request from a fork')
  }
  return env.GITHUB_ACTOR === 'dependabot[bot]' ? withheld('Dependabot') : undefined
}
