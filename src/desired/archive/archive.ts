import type { ScratchFolder } from '../../runner/scratch-folder.ts'
import { Breather } from '../../stop/breather.ts'
import { formatBytes } from '../../text/format.ts'
import { diskWarning } from '../files/check-limits.ts'
import type { DesiredFile, Member } from '../files/desired-file.ts'
import { type FoundFiles, type ReadFiles, readFiles } from '../files/files.ts'
import { type PlacedFile, totalSize } from '../files/place.ts'
import type { PassOptions } from '../files/read-pass.ts'
import type { ReadProgress } from '../files/read-progress.ts'
import { chunksOf, readBuffers } from '../files/read-unchanged.ts'
import { fingerprintOf } from '../files/upload-name.ts'
import { ARCHIVE_NAME, membersHash, membersOf, membersText, unpackedSize } from './member.ts'
import { type PackedFile, Packer } from './packer.ts'
import { SizeEstimate } from './size-estimate.ts'

/** What packing needs beside the members. */
export interface PackingTools {
  readonly scratch: ScratchFolder
  readonly progress: ReadProgress
  readonly signal: AbortSignal
}

/** Files that were read, and the one archive of them, if any are left. */
export interface ReadArchive extends ReadFiles {
  readonly archive: DesiredFile | undefined
}

/**
 * Reads the files, and packs them from the same bytes.
 * @param isForNew whether nobody can have the archive yet; otherwise it is packed when that turns out to be so
 * @throws what the pass and the packer throw
 */
export async function readArchive(
  found: FoundFiles,
  mountPath: string,
  isForNew: boolean,
  options: Pick<PassOptions, 'guard'> & PackingTools,
): Promise<ReadArchive> {
  const { guard, scratch, progress, signal } = options
  const planned = membersOf(found.files)
  const total = totalSize(found.files)
  const estimate = new SizeEstimate(total)
  const onRead = (chunk: Uint8Array) => {
    progress.read(chunk.length)
    estimate.see(chunk)
  }
  await using packer = isForNew ? await Packer.open(planned, scratch, signal) : undefined
  progress.begin(isForNew ? 'Packed' : 'Read', total)
  const files = await readFiles(found, { guard, signal, onRead, taker: packer })
  if (files.files.length === 0) return { ...files, archive: undefined }
  const members = membersOf(files.files)
  // What a link leads to may have been left out.
  if (!haveSameLinks(planned, members)) await packer?.giveUp()
  const packed = await packer?.finish()
  const size = estimate.sizeOf(unpackedSize(members), members.length)
  const archive = asArchive(members, mountPath, size, packed)
  const line =
    packed === undefined
      ? `Archive of ${membersText(members)}, about ${formatBytes(size)} packed`
      : packedLine(members, archive.size)
  return {
    ...files,
    archive,
    lines: [...files.lines, line],
    warnings: [...files.warnings, ...diskWarning(unpackedSize(members) + archive.size)],
  }
}

/**
 * Packs the archive, whose members were read before.
 * @throws FileChanged, UnreadableFile, what the packer throws
 */
export async function packArchive(archive: DesiredFile, tools: PackingTools): Promise<DesiredFile> {
  const { scratch, progress, signal } = tools
  const members = archive.packed ?? []
  const [breather, buffers] = [new Breather(signal), readBuffers()]
  await using packer = await Packer.open(members, scratch, signal)
  progress.begin('Packed', unpackedSize(members))
  for (const { file } of members) {
    if (breather.isDue) await breather.breathe()
    await packer.take(file, chunksOf(file, 'it was being packed', buffers))
    progress.read(file.size)
  }
  const packed = asArchive(members, archive.mountPath, archive.size, await packer.finish())
  progress.end(packedLine(members, packed.size))
  return packed
}

function packedLine(members: readonly Member[], size: number): string {
  return `Packed ${membersText(members)} into ${ARCHIVE_NAME} (${formatBytes(size)})`
}

/** @param size about so many bytes, where it is not packed */
function asArchive(
  members: readonly Member[],
  mountPath: string,
  size: number,
  content: PackedFile | undefined,
): DesiredFile {
  return {
    path: ARCHIVE_NAME,
    mountPath,
    size: content?.size ?? size,
    sha256: content?.sha256,
    fingerprint: fingerprintOf(membersHash(members)),
    content,
    packed: members,
  }
}

function haveSameLinks(planned: readonly Member<PlacedFile>[], members: readonly Member[]): boolean {
  const links = new Map(planned.map(({ name, linkTo }) => [name, linkTo]))
  return members.every(({ name, linkTo }) => links.get(name) === linkTo)
}
