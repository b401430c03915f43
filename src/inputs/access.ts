import { PLATFORMS } from '../api/credentials/usable-credential.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { readAnthropic } from './anthropic.ts'
import { readAws } from './aws.ts'
import type { Access } from './credential.ts'
import { readGoogleCloud } from './google-cloud.ts'
import type { InputReader, Remark } from './reader.ts'
import type { Environment } from './setting.ts'
import { withheldFrom } from './withheld.ts'

const READERS = { anthropic: readAnthropic, aws: readAws, 'google-cloud': readGoogleCloud } as const

/** Reads where the service is, and as whom it is called: inputs first, then the variables of the platform's own tools. */
export function readAccess(read: InputReader, env: Environment, event: WorkflowEvent): Access {
  const isAllowed = read.oneOf('if-no-credentials', ['error', 'skip']) === 'skip'
  return READERS[read.oneOf('platform', PLATFORMS)](read, env, { withheld: withheldFrom(event, env), isAllowed })
}

/**
 * Ends the reading of an action's inputs. Where there is no credential, nothing is done, and nothing is wrong: a fork's
 * pull request has no variables either, which ids may come from.
 * @throws InputError
 */
export function finishUnlessSkipped<T extends { readonly access: Access }>(
  read: InputReader,
  inputs: T,
): T & { readonly remarks: readonly Remark[] } {
  if (inputs.access.credential.kind !== 'skip') read.finish()
  return { ...inputs, remarks: read.remarks }
}
