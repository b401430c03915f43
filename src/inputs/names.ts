/** All inputs of the mount action; action.yml and the README list the same. */
export const INPUT_NAMES = [
  'anthropic-api-key',
  'base-url',
  'session-id',
  'session-name',
  'session-title',
  'agent-id',
  'agent-version',
  'environment-id',
  'vault-ids',
  'metadata',
  'files',
  'root',
  'mount-path',
  'if-no-files-found',
  'include-hidden-files',
  'follow-symbolic-links',
  'max-resources',
  'expires-in',
  'cleanup',
  'session-cleanup',
  'concurrency',
  'dry-run',
  'job-status',
] as const

export type InputName = (typeof INPUT_NAMES)[number]
