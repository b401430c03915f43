const UNITS = ['KB', 'MB', 'GB', 'TB'] as const

/** Bytes for people, in powers of 1000: `532 bytes`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length)
  const value = bytes / 1000 ** power
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power - 1]}`
}

/** US dollars: `$0.42`. */
export function formatCents(cents: number): string {
  return `$${inDollars(cents)}`
}

/** `0.42` */
export function inDollars(cents: number): string {
  return (Math.round(cents) / 100).toFixed(2)
}

/** A length of time in its largest whole unit: `90s`, `30m`, `2h`. */
export function formatDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}

/** A count with its noun: `1 file`, `14 files`, `5,000 files`. */
export function count(number: number, noun: string): string {
  // Not by `toLocaleString`: waking the engine's knowledge of languages takes 20 ms.
  const digits = String(number).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${digits} ${noun}${number === 1 ? '' : 's'}`
}

/** The first few of a list, and how many more there are. */
export function truncateList(items: readonly string[], most = 10): string {
  const more = items.length - most
  return items.slice(0, most).join(', ') + (more > 0 ? `, and ${more} more` : '')
}

/** Joins parts into a sentence: `2 files, a repository and 1 memory store`; `nothing` if there is none. */
export function listed(parts: readonly (string | undefined)[]): string {
  const there = parts.filter((part) => part !== undefined)
  return there.length < 2 ? (there[0] ?? 'nothing') : `${there.slice(0, -1).join(', ')} and ${there.at(-1)}`
}

/** Characters of a text as the service counts them: code points, not the units of JavaScript. */
export function lengthOf(text = ''): number {
  return [...text].length
}
