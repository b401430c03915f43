import type { ChangeCounts } from '../apply/applied.ts'

const WIDTH = 24

/** Squares that look alike on light and dark ground; a summary on GitHub takes neither colours nor pictures of its own. */
export const SQUARES: Readonly<Record<keyof ChangeCounts, string>> = {
  added: '🟩',
  replaced: '🟨',
  unchanged: '⬜',
  removed: '🟥',
}

const KINDS = ['added', 'replaced', 'unchanged', 'removed'] as const

/**
 * The shares of what was added, replaced, unchanged and removed, as a row of squares, and the numbers. What is there at
 * all has a square at least.
 */
export function changeBar(counts: ChangeCounts): string {
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0)
  if (total === 0) return ''
  const width = Math.min(WIDTH, total)
  const lengths = KINDS.map((kind) =>
    counts[kind] === 0 ? 0 : Math.max(1, Math.round((counts[kind] / total) * width)),
  )
  // Rounding is made up for where it shows least.
  const longest = lengths.indexOf(Math.max(...lengths))
  const surplus = lengths.reduce((sum, length) => sum + length, 0) - width
  const bar = KINDS.map((kind, i) => SQUARES[kind].repeat((lengths[i] ?? 0) - (i === longest ? surplus : 0)))
  return `${bar.join('')}<br>${changeNumbers(counts)}`
}

/** `3 added, 2 replaced, 495 unchanged` */
export function changeNumbers(counts: ChangeCounts): string {
  return KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(', ')
}
