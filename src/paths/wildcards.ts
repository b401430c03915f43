/** Wildcards as `@actions/glob` sets them, whose syntax this is; paths are in POSIX form on every system. */
export const WILDCARDS = {
  dot: true,
  nobrace: true,
  nocomment: true,
  noext: true,
  nonegate: true,
  platform: 'linux',
} as const
