interface Reason {
  readonly why: string
  /** Below __tests__. */
  readonly files: readonly string[]
}

/**
 * Test files that a system cannot run, by what Node calls it. What single tests need of it is in harness/system.ts. The
 * rules for its paths are tested everywhere, with `path.win32` (desired/files/windows-paths.test.ts).
 */
export const LEFT_OUT: Readonly<Record<string, readonly Reason[]>> = {
  win32: [
    {
      why: 'patterns of POSIX, on files whose names differ only in case',
      files: ['properties/find.test.ts'],
    },
    {
      why: 'the programs that a stranger names are shell scripts',
      files: ['blackbox/repository/git-programs.test.ts'],
    },
    {
      why: 'a device that stands for a full disk is there on Linux',
      files: ['blackbox/runner/no-record.test.ts'],
    },
  ],
  darwin: [
    {
      why: 'the disk takes names that differ only in case or Unicode form for one',
      files: [
        'blackbox/files/sensitive-names.test.ts',
        'blackbox/files/odd-names.test.ts',
        'blackbox/files/hints.test.ts',
        'blackbox/runner/inert.test.ts',
        'properties/find.test.ts',
      ],
    },
    {
      why: 'a device that stands for a full disk is there on Linux',
      files: ['blackbox/runner/no-record.test.ts'],
    },
    {
      why: 'the disk takes only names that are UTF-8',
      files: ['blackbox/files/unreadable.test.ts'],
    },
  ],
}
