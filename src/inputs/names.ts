/** The same in every action. */
const ACCESS_INPUTS = [
  'anthropic-api-key',
  'anthropic-federation-rule-id',
  'anthropic-organization-id',
  'anthropic-service-account-id',
  'anthropic-workspace-id',
  'anthropic-oidc-audience',
  'if-no-credentials',
  'base-url',
] as const

/** All inputs of the mount action; action.yml and the README list the same. */
export const MOUNT_INPUTS = [
  ...ACCESS_INPUTS,
  'session-id',
  'session-name',
  'session-title',
  'agent-id',
  'agent-version',
  'environment-id',
  'vault-ids',
  'metadata',
  'files',
  'files-from',
  'root',
  'mount-path',
  'if-no-files-found',
  'include-hidden-files',
  'follow-symbolic-links',
  'allow-sensitive-files',
  'max-resources',
  'archive',
  'prune',
  'overwrite',
  'repository',
  'checkout',
  'ref',
  'repository-mount-path',
  'github-token',
  'allow-untrusted',
  'memory-stores',
  'prompt',
  'prompt-file',
  'mount-context',
  'wait',
  'wait-timeout',
  'expires-in',
  'cleanup',
  'on-partial',
  'session-cleanup',
  'cleanup-wait',
  'concurrency',
  'max-attempts',
  'timeout-minutes',
  'dry-run',
  'job-status',
  'workflow-token',
] as const

/** All inputs of the download action; download/action.yml and its README list the same. */
export const DOWNLOAD_INPUTS = [
  ...ACCESS_INPUTS,
  'session-id',
  'path',
  'patterns',
  'if-no-files-found',
  'include-hidden-files',
  'overwrite',
  'settle-timeout',
  'concurrency',
  'max-attempts',
  'timeout-minutes',
  'dry-run',
] as const

/** All inputs of the unmount action. */
export const UNMOUNT_INPUTS = [
  ...ACCESS_INPUTS,
  'manifest',
  'session-id',
  'resource-ids',
  'upload-ids',
  'older-than',
  'agent-id',
  'session-cleanup',
  'cleanup-wait',
  'concurrency',
  'max-attempts',
  'timeout-minutes',
  'dry-run',
] as const

/** An input of any of the actions. */
export type InputName = (typeof MOUNT_INPUTS | typeof UNMOUNT_INPUTS | typeof DOWNLOAD_INPUTS)[number]

/** Inputs that hold secrets. */
export const SECRET_INPUTS: readonly InputName[] = ['anthropic-api-key', 'github-token', 'workflow-token']
