interface Reason {
  readonly why: string
  /** Below __tests__. */
  readonly files: readonly string[]
}

/**
 * Test files that a system cannot run, by what Node calls it. The rules for its paths are tested everywhere, with
 * `path.win32` (desired/windows-paths.test.ts).
 */
export const LEFT_OUT: Readonly<Record<string, readonly Reason[]>> = {
  win32: [
    {
      why: 'file names that Windows does not allow',
      files: ['blackbox/odd-names.test.ts', 'blackbox/inert.test.ts', 'blackbox/download-disk.test.ts'],
    },
    {
      why: 'files whose names differ only in case',
      files: ['blackbox/sensitive-names.test.ts'],
    },
    {
      why: 'FIFOs, modes and absolute paths of POSIX',
      files: [
        'blackbox/refused-files.test.ts',
        'blackbox/changing-file.test.ts',
        'blackbox/left-out-files.test.ts',
        'blackbox/archive-bytes.test.ts',
      ],
    },
    {
      why: 'archives are unpacked with sh and tar, as the agent does',
      files: ['blackbox/archive.test.ts', 'blackbox/archive-refused.test.ts'],
    },
    {
      why: 'on Windows a signal ends a process at once',
      files: [
        'blackbox/cancel-runs.test.ts',
        'blackbox/federation-cancel.test.ts',
        'blackbox/download-failing.test.ts',
        'blackbox/wait-endings.test.ts',
        'emulator/main.test.ts',
        'faults/sample.test.ts',
      ],
    },
  ],
  darwin: [
    {
      why: 'the disk takes names that differ only in case or Unicode form for one',
      files: ['blackbox/sensitive-names.test.ts', 'blackbox/odd-names.test.ts', 'blackbox/inert.test.ts'],
    },
  ],
}
