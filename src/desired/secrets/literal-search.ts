/** Something that is only worth looking at where one of its literals stands. */
export interface Searched {
  readonly literals: readonly Uint8Array[]
}

/** A literal, and what it belongs to. */
interface Entry<T> {
  readonly literal: Uint8Array
  readonly owner: T
  /** Where in the literal the last byte of its fragment stands. */
  readonly last: number
}

/** A literal is looked for by a fragment of four bytes, of which the first may be any byte. */
const FRAGMENT = 4

/** How far the search goes on where no fragment can end: one less than the bytes of a fragment. */
const FAR = FRAGMENT - 1

/** Where a fragment may end, the search stops and compares, which takes as long as so many bytes in between. */
const COMPARING = 12

/** All pairs of bytes. */
const PAIRS = 0x10000

/**
 * Finds many literals at once without looking at every byte (Wu and Manber, "A fast algorithm for multi-pattern
 * searching", 1994, with pairs of bytes). For each pair the table has how far the end of the nearest fragment may be.
 */
export class LiteralSearch<T extends Searched> {
  readonly #shift = new Uint8Array(PAIRS).fill(FAR)
  readonly #byLastPair = new Map<number, Entry<T>[]>()
  /** By hash: most places that have a last pair are told from fragments by their last three bytes. */
  readonly #isFragment = new Uint8Array(PAIRS)
  #longest = 0
  /** Where fragments may end; kept from one search to the next, which takes less time than a list of its own for each. */
  #places = new Uint32Array(0)

  constructor(owners: readonly T[]) {
    for (const owner of owners) {
      for (const literal of owner.literals) this.#add(literal, owner)
    }
  }

  #add(literal: Uint8Array, owner: T): void {
    if (literal.length < FRAGMENT - 1) throw new Error(`a literal of ${literal.length} bytes is too short`)
    this.#longest = Math.max(this.#longest, literal.length)
    const last = this.#cheapestEnd(literal)
    for (let before = 0; before < FAR; before++) {
      for (const pair of pairsEndingAt(literal, last - before))
        this.#shift[pair] = Math.min(this.#shift[pair] ?? 0, before)
    }
    const [pair = 0] = pairsEndingAt(literal, last)
    const entries = this.#byLastPair.get(pair)
    if (entries === undefined) this.#byLastPair.set(pair, [{ literal, owner, last }])
    else entries.push({ literal, owner, last })
    this.#isFragment[hashOf(fragmentOf(literal, last))] = 1
  }

  /** The end of the fragment that slows the search down least: by pairs that are rare, or looked at already. */
  #cheapestEnd(literal: Uint8Array): number {
    const ends = Array.from(literal.keys()).slice(Math.min(FRAGMENT, literal.length) - 1)
    const costs = ends.map((end) => {
      const costBefore = (before: number) =>
        pairsEndingAt(literal, end - before).reduce((sum, pair) => sum + this.#costOf(pair, before), 0)
      return costBefore(0) + costBefore(1) + costBefore(2)
    })
    return ends[costs.indexOf(Math.min(...costs))] ?? 0
  }

  #costOf(pair: number, shift: number): number {
    const lost = Math.max(0, (this.#shift[pair] ?? 0) - shift)
    return lost * (shift === 0 ? COMPARING : 1) * (FREQUENCY[pair] ?? 0)
  }

  /** Every literal that starts at `from` or later and before `to`, in order. */
  find(bytes: Uint8Array, from: number, to: number): readonly Hit<T>[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const hits: Hit<T>[] = []
    // The last pair of a literal of three bytes starts at its second.
    const count = this.#findLastPairs(view, from + 1, Math.min(bytes.length, to + this.#longest) - 1)
    const [places, isFragment] = [this.#places, this.#isFragment]
    for (let i = 0; i < count; i++) {
      const at = places[i] as number
      const fragment = at < 2 ? fragmentOf(bytes, 2) : view.getInt32(at - 2, true)
      if (isFragment[hashOf(fragment)] === 0) continue
      for (const { literal, owner, last } of this.#byLastPair.get(view.getUint16(at, true)) ?? []) {
        const start = at + 1 - last
        if (start >= from && start < to && matchesAt(bytes, literal, start)) hits.push({ owner, at: start })
      }
    }
    return hits.length < 2 ? hits : hits.sort((one, other) => one.at - other.at)
  }

  /**
   * Writes down where fragments may end, and returns how many such places there are. Four parts are searched in turn: a
   * step of one waits for memory, while those of the others are made, which takes half the time.
   */
  #findLastPairs(view: DataView, begin: number, end: number): number {
    if (this.#places.length < end) this.#places = new Uint32Array(end)
    const [shifts, places] = [this.#shift, this.#places]
    const quarter = Math.max(0, Math.floor((end - begin) / 4))
    const [endA, endB, endC] = [begin + quarter, begin + 2 * quarter, begin + 3 * quarter]
    let [a, b, c, d, count] = [begin, endA, endB, endC, 0]
    while (a < endA && b < endB && c < endC && d < end) {
      const shiftA = shifts[view.getUint16(a, true)] as number
      const shiftB = shifts[view.getUint16(b, true)] as number
      const shiftC = shifts[view.getUint16(c, true)] as number
      const shiftD = shifts[view.getUint16(d, true)] as number
      a += shiftA
      b += shiftB
      c += shiftC
      d += shiftD
      if (shiftA === 0) places[count++] = a++
      if (shiftB === 0) places[count++] = b++
      if (shiftC === 0) places[count++] = c++
      if (shiftD === 0) places[count++] = d++
    }
    count = this.#findLastPairsIn(view, a, endA, count)
    count = this.#findLastPairsIn(view, b, endB, count)
    count = this.#findLastPairsIn(view, c, endC, count)
    return this.#findLastPairsIn(view, d, end, count)
  }

  #findLastPairsIn(view: DataView, begin: number, end: number, known: number): number {
    const [shifts, places] = [this.#shift, this.#places]
    let count = known
    for (let at = begin; at < end; ) {
      const shift = shifts[view.getUint16(at, true)] as number
      at += shift
      if (shift === 0) places[count++] = at++
    }
    return count
  }
}

/** Where a literal stands. */
export interface Hit<T> {
  readonly owner: T
  readonly at: number
}

/** The pair of bytes that ends at a place of a literal, each as one number; in front of the literal may be any byte. */
function pairsEndingAt(literal: Uint8Array, at: number): readonly number[] {
  const second = (literal[at] ?? 0) << 8
  if (at > 0) return [(literal[at - 1] ?? 0) | second]
  return Array.from({ length: 0x100 }, (_, first) => first | second)
}

/** The fragment that ends at a place of a literal, as one number, the last byte in the highest bits. */
function fragmentOf(literal: Uint8Array, last: number): number {
  return ((literal[last - 2] ?? 0) << 8) | ((literal[last - 1] ?? 0) << 16) | ((literal[last] ?? 0) << 24)
}

/** Of the last three bytes, as 16 bits. */
function hashOf(fragment: number): number {
  return Math.imul(fragment >>> 8, 0x9e3779b1) >>> 16
}

function matchesAt(bytes: Uint8Array, literal: Uint8Array, start: number): boolean {
  for (let i = 0; i < literal.length; i++) {
    if (bytes[start + i] !== literal[i]) return false
  }
  return true
}

/** The pairs of bytes that source text has most, by their frequency in the packages of npm. */
const COMMON_PAIRS =
  '  onerree inth tteorenatstestint: t s deleetse, ioisarhe i *n al aroedpecoannsrame*  sitng ctand = { rctce= ' +
  'trri oecr toeanertexurd ncs. facasvellun) pohigeul "od n }ampaomlif op (il pfitychtslayp epruesselsiifemefca' +
  ');y **nolovaounabetu brnicolptmaadrsrr \'us / dha m":Reut// `oto  w",id vmp==ofttsodifoxplua e.iefaagimnuocck' +
  'keow/**/Coe_igl  uummig rgdos:molsappl l Tclfu()sph lyqus/feoo |t.irgi| xtepmblte(osjeabniPahtSte:aievblPrru' +
  'e, [aypsm ` Inhorytpsueq/ rcivwibos,.ce)ey Rsaaut_ A))crsct( hiapubaTh. nl..):_idar.(tld 1s_:/tcDepis"bjub.0' +
  "shhrTy Soi B{ t,/dpp} MaLi> updu.s @w },_aipobeecss)rkrmn_izfr0.eb?: _bu g_tuinfAr C',vid_.mciffewr(jsErrf 0" +
  "OpNo.o](Se.pt)Me(h_ce\"&&BedsExnn Ikscubi.110ms Pt:wh})' (e')), -wags``=>Ag./Toeg(cn(00e;ovgnokeSAPr_.tgt--.l" +
  'PIhu(\'d. E,"- a.wommLEddt"k ePvoFi.i1._1ze &12 kr,t/(s0," syEnUs11ak.rynn."1 2_s_om/'

/** In parts of a thousand, about: the frequency of pairs falls as their rank does. */
const FREQUENCY = new Float32Array(PAIRS).fill(0.05)
for (let rank = 0; 2 * rank < COMMON_PAIRS.length; rank++) {
  FREQUENCY[COMMON_PAIRS.charCodeAt(2 * rank) | (COMMON_PAIRS.charCodeAt(2 * rank + 1) << 8)] = 150 / (rank + 12)
}
