const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'another program uses it',
  EEXIST: 'something of that name is there already',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
}

/** An error of the file system in words, with its code for those who look it up; other errors say it themselves. */
export function systemErrorText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const meaning = MEANINGS[code ?? '']
  return meaning === undefined ? (message ?? String(error)) : `${meaning} (${code})`
}
