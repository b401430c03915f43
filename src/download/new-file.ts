import { constants } from 'node:fs'
import { copyFile, type FileHandle, link, open, rename, rm } from 'node:fs/promises'

/** Writes a file that is new, and not at the end of a link. */
export async function writeNew<T>(file: string, write: (handle: FileHandle) => Promise<T>): Promise<T> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants
  const handle = await open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
  try {
    return await write(handle)
  } finally {
    await handle.close()
  }
}

/**
 * Gives a file that was written its name.
 * @param replace whether a file that stands there by now is replaced; otherwise whatever stands there stays, a link too
 */
export async function moveInto(temporary: string, file: string, replace: boolean): Promise<void> {
  if (replace) return rename(temporary, file)
  try {
    await giveFreeName(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const text = 'another program has put something there meanwhile; set `overwrite: true` to replace a file'
    throw new Error(text, { cause: error })
  }
  await rm(temporary)
}

/** By a second link, which only a free name takes, at once; some file systems have none, and there a copy is made. */
async function giveFreeName(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    await copyFile(temporary, file, constants.COPYFILE_EXCL)
  }
}
