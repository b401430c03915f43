import * as v from 'valibot'
import { text } from '../text/json.ts'

/** Ids are opaque (other servers use other prefixes); in this shape they are inert in paths, commands and objects. */
const ID = /^(?!__proto__$)[A-Za-z0-9_-]{1,128}$/

export function isId(text: string): boolean {
  return ID.test(text)
}

/** A reply holds an id that is none. */
export class InvalidIdError extends Error {
  readonly id: string

  constructor(id: string) {
    super('not a valid id')
    this.name = 'InvalidIdError'
    this.id = id
  }
}

/** An id as a segment of a path; no other text becomes one. @throws InvalidIdError */
export function segment(id: string): string {
  if (!isId(id)) throw new InvalidIdError(id)
  return id
}

/** An id in a reply. Another text in its place is no matter of taste: reading it throws InvalidIdError. */
export const id = v.pipe(text, v.transform(segment))
