import { createHash } from 'node:crypto'

/** Digits of each half of a mark. */
const HALF = 8

/** In place of the first half: no sweep is to remove it. */
const NOT_SWEPT = '0'.repeat(HALF)

/** Behind the last fingerprint, before the extension. */
const MARKED = /^.*\.[0-9a-f]{12}-([0-9a-f]{16})(\.[^.]*)?$/s

/**
 * What tells the uploads of a run from those of all others, 16 hexadecimal digits in each upload's name: eight of the
 * repository whose sweep may remove what this run has left, and eight of the run.
 * @param sweptBy undefined where the run means its uploads to stay
 */
export function markOfRun(runKey: string, sweptBy: string | undefined): string {
  return `${sweptBy ? digest(sweptBy) : NOT_SWEPT}${digest(runKey)}`
}

/** The mark in an upload's name; undefined in names of earlier versions, and of others. */
export function markIn(name: string): string | undefined {
  return MARKED.exec(name)?.[1]
}

/** The name without its mark: the same for the same content at the same path. */
export function withoutMark(name: string): string {
  const mark = markIn(name)
  return mark === undefined ? name : name.replace(new RegExp(`-${mark}(?=(\\.[^.]*)?$)`), '')
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
  return markIn(name)?.endsWith(digest(runKey)) === true
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HALF)
}
