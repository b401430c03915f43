import type { Applied } from '../apply/applied.ts'
import type { CleanupSettings } from '../ledger/cleanup-settings.ts'
import { formatDuration } from '../text/format.ts'

/** Notice about what post does if the agent is still working at the end of the job; undefined if it does nothing. */
export function postNotice(
  { cleanup, sessionCleanup, cleanupWaitMs }: CleanupSettings,
  { sessionCreated, mounted }: Pick<Applied, 'sessionCreated' | 'mounted'>,
): string | undefined {
  if (cleanup !== 'always') return undefined
  const ends = sessionCreated && sessionCleanup !== 'keep'
  if (!ends && mounted.length === 0) return undefined
  const waits = `The agent is working now, and this step does not wait for it. At the end of the job, cleanup waits up to ${formatDuration(cleanupWaitMs / 1000)} for it (\`cleanup-wait\`).`
  const then = ends
    ? `Then it interrupts the agent and ${sessionCleanup === 'archive' ? 'archives' : 'deletes'} the session (\`session-cleanup\`).`
    : 'It then removes the mounted files, or, if the agent is still working, leaves them with a warning.'
  return `${waits} ${then} Set \`wait: true\` to wait here, or \`cleanup: never\` to keep everything.`
}
