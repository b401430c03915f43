import type { Position } from './frontier.ts'
import type { Reading } from './line.ts'

/** A real folder, and where the lines stand at it. */
interface Visit {
  readonly realPath: string
  readonly includes: readonly Position[]
  readonly excludes: readonly Position[]
}

/** Which lines have been in which real folder: links lead nobody in circles, nor twice to the same files. */
export class Visits {
  readonly #ids = new Map<Reading, number>()
  readonly #seen = new Map<string, Set<string>>()

  /** Where the lines stand that have not been in this folder in the same way; from now on they have. */
  fresh({ realPath, includes, excludes }: Visit): readonly Position[] {
    const place = `${realPath}\0${excludes.map((each) => this.#keyOf(each)).sort()}`
    const seen = this.#seen.get(place) ?? new Set()
    this.#seen.set(place, seen)
    const fresh = includes.filter((each) => !seen.has(this.#keyOf(each)))
    for (const each of fresh) seen.add(this.#keyOf(each))
    return fresh
  }

  #keyOf({ reading, at, isBelow, isLiteral, isHidden }: Position): string {
    const id = this.#ids.get(reading) ?? this.#ids.size
    this.#ids.set(reading, id)
    return `${id}/${at}/${isBelow}/${isLiteral}/${isHidden}`
  }
}
