import { once } from 'node:events'
import type { Header, Pack } from 'tar-stream'
import { readContent } from '../files/content.ts'
import type { Member } from '../files/desired-file.ts'

/** A time that everybody takes: GNU tar warns of times at the beginning of 1970, and zip knows none before 1980. */
const MODIFIED = new Date('1980-01-01T00:00:00Z')

/** Nothing of the machine or the user is in an archive. */
const ANYBODY = { uid: 0, gid: 0, uname: '', gname: '', mtime: MODIFIED } as const

/** As git keeps modes, so that a umask does not show. */
const MODE = { plain: 0o644, executable: 0o755, link: 0o777 } as const

/**
 * A tar of the members, in their order: the same bytes for the same members wherever it is made. Names that a plain
 * header cannot hold are in PAX headers. The library is loaded only now: most runs pack nothing.
 * @throws FileChanged if a member is not the file that was looked at; UnreadableFile
 */
export async function* tarOf(members: readonly Member[]): AsyncGenerator<Uint8Array> {
  const tar = await import('tar-stream')
  const pack = tar.pack()
  const written = addAll(pack, members).catch((error: Error) => pack.destroy(error))
  try {
    yield* pack as AsyncIterable<Uint8Array>
  } finally {
    // If nobody wants the rest, this ends the writing, and the file that is open is closed.
    pack.destroy()
    await written
  }
}

async function addAll(pack: Pack, members: readonly Member[]): Promise<void> {
  for (const { name, file, linkTo } of members) {
    if (linkTo === undefined) {
      const mode = file.isExecutable ? MODE.executable : MODE.plain
      await addMember(pack, { name, type: 'file', mode, size: file.size }, readContent(file, 'it was being packed'))
    } else {
      await addMember(pack, { name, type: 'symlink', mode: MODE.link, linkname: linkTo }, [])
    }
  }
  pack.finalize()
}

async function addMember(
  pack: Pack,
  header: Partial<Header> & Pick<Header, 'name'>,
  content: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): Promise<void> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
  const entry = pack.entry({ ...ANYBODY, ...header }, (error) => (error ? reject(error) : resolve()))
  // An error reaches `ended` too, and may do so while a file is being read: it is waited for below.
  entry.on('error', () => undefined)
  ended.catch(() => undefined)
  for await (const chunk of content) {
    // The library keeps a chunk until it is its turn, and the reader of files uses its buffers again.
    if (!entry.write(Buffer.from(chunk))) await Promise.race([once(entry, 'drain'), ended])
  }
  entry.end(null)
  await ended
}
