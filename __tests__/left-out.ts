interface Reason {
  readonly why: string
  /** Below __tests__. */
  readonly files: readonly string[]
}

/**
 * Test files that a system cannot run, by what Node calls it. The rules for its paths are tested everywhere, with
 * `path.win32` (desired/files/windows-paths.test.ts).
 */
export const LEFT_OUT: Readonly<Record<string, readonly Reason[]>> = {
  win32: [
    {
      why: 'file names that Windows does not allow',
      files: [
        'blackbox/files/odd-names.test.ts',
        'blackbox/files/hints.test.ts',
        'blackbox/runner/inert.test.ts',
        'blackbox/download/disk.test.ts',
      ],
    },
    {
      why: 'files whose names differ only in case',
      files: ['blackbox/files/sensitive-names.test.ts', 'properties/find.test.ts'],
    },
    {
      why: 'FIFOs, modes and absolute paths of POSIX',
      files: [
        'blackbox/files/refused.test.ts',
        'blackbox/files/changing-file.test.ts',
        'blackbox/files/left-out.test.ts',
        'blackbox/files/links.test.ts',
        'blackbox/files/unreadable.test.ts',
        'blackbox/archive/bytes.test.ts',
        'blackbox/repository/git-programs.test.ts',
        'desired/repository/git-files.test.ts',
      ],
    },
    {
      why: 'archives are unpacked with sh and tar, as the agent does',
      files: ['blackbox/archive/archive.test.ts', 'blackbox/archive/refused.test.ts'],
    },
    {
      why: 'a device that stands for a full disk is there on Linux',
      files: ['blackbox/runner/no-record.test.ts'],
    },
    {
      why: 'on Windows a signal ends a process at once',
      files: [
        'blackbox/undo/cancel-runs.test.ts',
        'blackbox/api/federation-cancel.test.ts',
        'blackbox/download/failing.test.ts',
        'blackbox/converse/wait-endings.test.ts',
        'emulator/main.test.ts',
        'conformance/interrupted.test.ts',
        'faults/fixed.test.ts',
      ],
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
