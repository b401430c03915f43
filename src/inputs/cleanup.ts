import { CLEANUPS, type CleanupSettings, ON_PARTIAL, SESSION_CLEANUPS } from '../ledger/cleanup-settings.ts'
import type { InputReader } from './reader.ts'

export function readCleanup(read: InputReader): CleanupSettings {
  const settings: CleanupSettings = {
    cleanup: read.oneOf('cleanup', CLEANUPS),
    onPartial: read.oneOf('on-partial', ON_PARTIAL),
    sessionCleanup: read.oneOf('session-cleanup', SESSION_CLEANUPS),
    cleanupWaitMs: readCleanupWait(read),
  }
  if (settings.cleanup === 'never' && settings.sessionCleanup !== 'keep') {
    read.problem(
      'session-cleanup',
      `"${settings.sessionCleanup}" has no effect with \`cleanup: never\`; change one of them`,
    )
  }
  return settings
}

/** In milliseconds. */
export function readCleanupWait(read: InputReader): number {
  const bounds = { min: 0, max: 21_600, allowed: 'a time up to `6h`, like `30s` or `2m`' }
  return read.duration('cleanup-wait', bounds) * 1000
}
