import { createHash } from 'node:crypto'

/** Digits of each part of a mark. */
const PART = 8

/** In place of the first part: no sweep is to remove it. */
const NOT_SWEPT = '0'.repeat(PART)

/** Behind the last fingerprint, before the extension. */
const MARKED = /^(.*\.[0-9a-f]{12})-([0-9a-f]{24})(\.[^.]*)?$/s

/** What a run's marks are made from. */
export interface MarkedRun {
  readonly runKey: string
  /** Repository whose sweep may remove what the run has left; undefined where the run means its uploads to stay. */
  readonly sweptBy: string | undefined
}

/**
 * What tells the uploads of a run from those of all others, 24 hexadecimal digits in each upload's name: eight of the
 * repository whose sweep may remove it, eight of the run, and eight of the place that it is for.
 * @param sessionId undefined for a session that the run creates
 */
export function markFor({ runKey, sweptBy }: MarkedRun, sessionId: string | undefined, mountPath: string): string {
  return `${sweptBy ? digest(sweptBy) : NOT_SWEPT}${digest(runKey)}${digest(`${sessionId ?? ''}${mountPath}`)}`
}

/** The mark in an upload's name; undefined in names of earlier versions, and of others. */
export function markIn(name: string): string | undefined {
  return MARKED.exec(name)?.[2]
}

/** The name without its mark: the same for the same content at the same path. */
export function withoutMark(name: string): string {
  return name.replace(MARKED, '$1$3')
}

/** Whether its run removes what is so named when its job ends. */
export function isRemovedByItsRun(name: string): boolean {
  return markIn(name)?.startsWith(NOT_SWEPT) === false
}

/** Whether a name is that of an upload that a sweep of this repository may remove. */
export function isSweptBy(name: string, repository: string): boolean {
  return repository !== '' && markIn(name)?.startsWith(digest(repository)) === true
}

/** Whether a name is that of an upload of the run with this key. */
export function isUploadOf(name: string, runKey: string): boolean {
  return markIn(name)?.slice(PART, 2 * PART) === digest(runKey)
}

/** Whether a name is that of an upload for this path of this session. @param createdBy key of the run that created it */
export function isUploadFor(
  name: string,
  sessionId: string,
  mountPath: string,
  createdBy: string | undefined,
): boolean {
  const place = markIn(name)?.slice(2 * PART)
  if (place === digest(`${sessionId}${mountPath}`)) return true
  return createdBy !== undefined && isUploadOf(name, createdBy) && place === digest(mountPath)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, PART)
}
