import type { Effect, RunEntry } from '../ledger/ledger.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { quoted } from '../text/escape.ts'
import type { Leftover } from '../undo/undo-result.ts'

/**
 * What is left, why, and what removes it; for one warning of post, or for the error of the unmount action.
 * @param by whose text it is
 */
export function leftoverText(
  left: readonly Leftover[],
  { baseUrl, runKey }: Pick<RunEntry, 'baseUrl' | 'runKey'>,
  by: 'post' | 'unmount-action' = 'post',
): string {
  const reasons = new Map<string, string[]>()
  for (const { effect, reason } of left) reasons.set(reason, [...(reasons.get(reason) ?? []), nameOf(effect, runKey)])
  const lines = [...reasons].map(([reason, names]) => `- ${names.join(', ')}: ${reason}`)
  const paths = left.flatMap(({ effect }) => pathOf(effect) ?? [])
  return [
    by === 'post'
      ? `${left.length} of what this step made could not be taken away:`
      : `${left.length} of what was named could not be taken away:`,
    ...lines,
    ...(paths.length === 0
      ? []
      : [
          by === 'post'
            ? 'To remove it, use the `unmount` action with these ids, or by hand:'
            : 'To remove it by hand:',
          ...removal(paths, baseUrl),
        ]),
    'Uploads also end by themselves at their expiry (`expires-in`).',
  ].join('\n')
}

function nameOf(effect: Effect, runKey: string): string {
  switch (effect.kind) {
    case 'upload':
      return effect.fileId ?? `upload ${quoted(effect.name)}`
    case 'session':
      return effect.sessionId ?? `a session of agent ${effect.agentId} with the metadata ${RUN_KEY_METADATA}=${runKey}`
    case 'resource':
    case 'removal':
      return effect.resourceId ?? `the file at ${quoted(effect.mountPath)} of session ${effect.sessionId}`
    case 'prompt':
      return effect.eventId ?? `the prompt to session ${effect.sessionId}`
  }
}

function pathOf(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'upload':
      return effect.fileId && `files/${effect.fileId}`
    case 'session':
      return effect.sessionId && `sessions/${effect.sessionId}`
    case 'resource':
    case 'removal':
      return effect.resourceId && `sessions/${effect.sessionId}/resources/${effect.resourceId}`
    case 'prompt':
      return undefined
  }
}

function removal(paths: readonly string[], baseUrl: string): readonly string[] {
  const url = baseUrl.replace(/\/+$/, '')
  return [
    `for it in ${paths.join(' ')}; do`,
    `  curl -X DELETE "${url}/v1/$it" -H "x-api-key: $ANTHROPIC_API_KEY" -H "anthropic-version: 2023-06-01" -H "anthropic-beta: managed-agents-2026-04-01"`,
    'done',
  ]
}
