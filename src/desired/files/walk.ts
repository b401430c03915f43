import path from 'node:path'
import { Breather } from '../../stop/breather.ts'
import type { Entry } from './entry.ts'
import { type FolderEntry, list, lookUp, saysNotThere } from './folder.ts'
import { Frontier, insideOf, isFileMatch, isMatch, isMatchOrNamed, type Position, startOf } from './frontier.ts'
import { type Hit, hitsOf, linesNaming } from './hit.ts'
import type { Line } from './line.ts'
import { resolveLink } from './link.ts'
import type { Search } from './search.ts'
import { Visits } from './visits.ts'

/** Folders that are read at the same time. */
const READERS = 8

/** Where the lines stand at a path. */
interface Arrival {
  /** Relative to the root, in POSIX form; empty for the root. */
  readonly path: string
  readonly realPath: string
  /** The path leads through a link. */
  readonly isLink: boolean
  readonly includes: readonly Position[]
  readonly excludes: readonly Position[]
}

/** A folder to read, and where the lines stand in it. */
interface Folder extends Arrival {
  /** Lines that name the folder, or that go through it by its name. */
  readonly naming: ReadonlySet<Line>
}

type Making = (hits: readonly Hit[]) => Entry

/** One walk below the root, for all lines together. */
export class Walk {
  readonly #search: Search
  readonly #breather: Breather
  readonly #visits = new Visits()
  readonly #entries: Entry[] = []
  readonly #used = new Set<Line>()
  readonly #ahead: Folder[] = []
  /** Entered when all else is done: a file is better known by its own path than by one through a link. */
  readonly #linked: Arrival[] = []

  constructor(search: Search, signal: AbortSignal) {
    this.#search = search
    this.#breather = new Breather(signal)
  }

  async run(): Promise<{ readonly entries: Entry[]; readonly used: ReadonlySet<Line> }> {
    const { root, includes, excludes } = this.#search
    const top = { path: '', realPath: root.real, isLink: false }
    this.#enter({ ...top, includes: startOf(includes), excludes: startOf(excludes) })
    while (this.#ahead.length > 0 || this.#linked.length > 0) {
      await this.#breather.breathe()
      if (this.#ahead.length === 0) this.#followNearest()
      await Promise.all(this.#ahead.splice(-READERS).map((folder) => this.#visit(folder)))
    }
    return { entries: this.#entries, used: this.#used }
  }

  /** The nearest first, and then by name, so that the same tree always gives the same paths. */
  #followNearest(): void {
    const depth = ({ path }: Arrival) => path.split('/').length
    this.#linked.sort((a, b) => depth(b) - depth(a) || (a.path < b.path ? 1 : -1))
    const nearest = this.#linked.pop()
    if (nearest !== undefined) this.#enter(nearest)
  }

  async #visit(folder: Folder): Promise<void> {
    const includes = new Frontier(folder.includes, this.#search.root.names)
    const excludes = new Frontier(folder.excludes, this.#search.root.names)
    const links: Arrival[] = []
    for (const entry of await this.#read(folder, includes, excludes)) {
      if (this.#breather.isDue) await this.#breather.breathe()
      const at = { includes: includes.at(entry.name), excludes: excludes.at(entry.name) }
      if (at.includes.length === 0) continue
      const arrival = { ...placeIn(folder, entry.name), ...at }
      if (entry.kind === 'link') links.push(arrival)
      else this.#meet(arrival, entry)
    }
    await Promise.all(links.map((link) => this.#follow(link)))
  }

  /** What stands in a folder, as far as the lines ask for it. */
  async #read(folder: Folder, frontier: Frontier, leaving: Frontier): Promise<readonly FolderEntry[]> {
    const { ignoresCase, ignoresForm } = this.#search.root.names
    // Where names have one spelling only, a few that are asked for need no list of them all.
    const isListed = frontier.open.length > 0 || ignoresCase || ignoresForm
    try {
      if (!isListed) return await lookUp(folder.realPath, frontier.names)
      const { entries, undecodable } = await list(folder.realPath)
      for (const { name, shown } of undecodable) {
        const at = { ...placeIn(folder, shown), includes: frontier.at(name), excludes: leaving.at(name) }
        this.#take(at, (hits) => ({ kind: 'undecodable', path: at.path, hits }))
      }
      return entries
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException
      if (saysNotThere(code)) return []
      const hits = hitsOf(isListed ? frontier.open : folder.includes, folder.naming)
      if (hits.length > 0) this.#entries.push({ kind: 'unreadable', path: folder.path, code, hits })
      return isListed ? await lookUp(folder.realPath, frontier.names).catch(() => []) : []
    }
  }

  #meet(arrival: Arrival, { kind, stats }: FolderEntry): void {
    const { path, realPath, isLink } = arrival
    if (kind === 'folder') this.#enter(arrival)
    else if (kind === 'file') this.#take(arrival, (hits) => ({ kind, path, realPath, isLink, stats, hits }))
    else if (kind !== 'link') this.#take(arrival, (hits) => ({ kind: 'special', what: kind, path, hits }))
  }

  /** Adds what lines match, unless an exclude does. */
  #take({ includes, excludes }: Arrival, entryOf: Making, matches = isFileMatch): void {
    const matching = includes.filter(matches)
    if (matching.length === 0) return
    const excluding = excludes.filter(isFileMatch)
    for (const { reading } of excluding) this.#used.add(reading.line)
    if (excluding.length === 0) this.#entries.push(entryOf(hitsOf(matching)))
  }

  /** Goes into a folder later, with the lines that go on there, unless an exclude matches it. */
  #enter(arrival: Arrival): void {
    const { path, excludes } = arrival
    const naming = linesNaming(arrival.includes)
    const includes = isGit(arrival) ? this.#onlyNaming(arrival, naming) : arrival.includes
    const inside = insideOf(includes)
    const asFile = includes.filter((each) => isMatch(each) && !each.reading.line.takesFolders)
    if (inside.length === 0 && asFile.length === 0) return
    if (excludes.some(isMatch)) {
      // What the others would have matched below is not seen any more.
      for (const { reading } of excludes) this.#used.add(reading.line)
      return
    }
    if (asFile.length > 0) this.#entries.push({ kind: 'folder', path, hits: hitsOf(asFile) })
    const folder = { ...arrival, includes: inside, excludes: insideOf(excludes) }
    const fresh = this.#visits.fresh(folder)
    if (fresh.length > 0) this.#ahead.push({ ...folder, includes: fresh, naming })
  }

  /** A `.git` lets in the lines that name it. */
  #onlyNaming({ path, includes }: Arrival, naming: ReadonlySet<Line>): readonly Position[] {
    const others = includes.filter((each) => isMatch(each) && !naming.has(each.reading.line))
    if (others.length > 0) this.#entries.push({ kind: 'git', path, hits: hitsOf(others) })
    return includes.filter(({ reading }) => naming.has(reading.line))
  }

  async #follow(link: Arrival): Promise<void> {
    const { path } = link
    const target = await resolveLink(link.realPath, this.#search.root.real)
    switch (target.kind) {
      case 'folder':
        return this.#followFolder(link, target)
      case 'file':
        return this.#take(link, (hits) => ({ ...target, path, isLink: true, hits }))
      case 'special':
      case 'outside':
        return this.#take(link, (hits) => ({ ...target, path, hits }))
      // Lines that lead through the link do not find what they want either.
      case 'broken-link':
      case 'unreadable':
        return this.#take(link, (hits) => ({ ...target, path, hits }), isMatchOrNamed)
    }
  }

  /** A line that names the link goes through it, the others only where links are followed. */
  #followFolder(
    link: Arrival,
    { realPath, isOutside }: { readonly realPath: string; readonly isOutside: boolean },
  ): void {
    const { path } = link
    const naming = linesNaming(link.includes)
    const goes = ({ reading }: Position) => this.#search.followLinks || naming.has(reading.line)
    const staying = link.includes.filter((each) => !goes(each))
    this.#take({ ...link, includes: staying }, (hits) => ({ kind: 'linked-folder', path, hits }))
    const following = { ...link, includes: link.includes.filter(goes), realPath, isLink: true }
    if (following.includes.length === 0) return
    if (isOutside)
      this.#take(
        following,
        (hits) => ({ kind: 'outside', path, realPath, hits }),
        () => true,
      )
    else this.#linked.push(following)
  }
}

function placeIn(folder: Folder, name: string): Pick<Arrival, 'path' | 'realPath' | 'isLink'> {
  const below = folder.path === '' ? name : `${folder.path}/${name}`
  return { path: below, realPath: path.join(folder.realPath, name), isLink: folder.isLink }
}

/** The root may be what it wants. */
function isGit(arrival: Arrival): boolean {
  const names = [path.posix.basename(arrival.path), path.basename(arrival.realPath)]
  return arrival.path !== '' && names.some((name) => name.toLowerCase() === '.git')
}
