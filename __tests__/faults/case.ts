import { DISTINCT, KINDS, WITHOUT_MIXED_FORMS } from './kinds.ts'

/** What happens to the process of main at the moment of the fault. */
export const MODES = ['on', 'SIGINT', 'SIGTERM', 'SIGKILL'] as const

export type Mode = (typeof MODES)[number]

/** One way in which one request of a run goes wrong. Written `R2/k3/reset-after-commit/SIGINT`, `R2/p3/503` in post. */
export interface Case {
  readonly run: string
  readonly step: 'main' | 'post'
  /** Which request of the step, from 1. */
  readonly nth: number
  /** A name of KINDS. */
  readonly fault: string
  /** In post, the process always goes on. */
  readonly mode: Mode
}

/** How many requests a run makes when all goes well. */
export interface Requests {
  readonly main: number
  readonly post: number
}

export function nameOf({ run, step, nth, fault, mode }: Case): string {
  return step === 'post' ? `${run}/p${nth}/${fault}` : `${run}/k${nth}/${fault}/${mode}`
}

/** @throws Error if the text names no case */
export function parseCase(text: string): Case {
  const [, run = '', letter, nth, fault = '', mode = 'on'] =
    /^(R\d)\/([kp])(\d+)\/([\w-]+)(?:\/(\w+))?$/.exec(text) ?? []
  const known = MODES.find((each) => each === mode)
  if (letter === undefined || known === undefined || !(fault in KINDS)) throw new Error(`${text} is not a case`)
  return { run, step: letter === 'p' ? 'post' : 'main', nth: Number(nth), fault, mode: known }
}

/**
 * All cases of a run. Every fault where the process goes on; in post, and with a signal, those forms of a status are left
 * out unless `full` that the action does not tell apart (post) or that a process which has been told to stop does not
 * come to read (signals).
 */
export function casesOf(run: string, requests: Requests, full: boolean): readonly Case[] {
  const all = Object.keys(KINDS)
  const faultsOf = (step: Case['step'], mode: Mode) => {
    if (full) return all
    if (step === 'post') return WITHOUT_MIXED_FORMS
    return mode === 'on' ? all : DISTINCT
  }
  const cases = (step: Case['step'], mode: Mode) =>
    Array.from({ length: requests[step] }, (_, index) =>
      faultsOf(step, mode).map((fault): Case => ({ run, step, nth: index + 1, fault, mode })),
    ).flat()
  return [...MODES.flatMap((mode) => cases('main', mode)), ...cases('post', 'on')]
}

/** As many cases as asked for, chosen by a seed: the same seed, the same cases. */
export function sample(cases: readonly Case[], size: number, seed: number): readonly Case[] {
  const random = randomOf(seed)
  return cases
    .map((each) => ({ each, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ each }) => each)
}

/** Numbers from 0 up to 1 that depend on the seed only (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
