import { DISTINCT, KINDS, WITHOUT_MIXED_FORMS } from './kinds.ts'
import { REQUESTS } from './requests.ts'

/** What happens to the process of main at the moment of the fault. */
export const MODES = ['on', 'SIGINT', 'SIGTERM', 'SIGKILL'] as const

type Mode = (typeof MODES)[number]

/** How one request of a step goes wrong. */
export interface Flaw {
  readonly step: 'main' | 'post'
  /** A name of REQUESTS; of any, if not given. */
  readonly request?: string
  /** Which of these requests of the step, from 1. */
  readonly nth: number
  /** A name of KINDS. */
  readonly fault: string
}

/**
 * One way in which one request of a run goes wrong. Written `R2/k3/reset-after-commit/SIGINT`, `R2/p3/503` in post; or
 * `R2/k:add-resource:2/503/on`, which is the second request of a name. With a second request that goes wrong as well:
 * `R2/k3/503/on+p1/404`.
 */
export interface Case extends Flaw {
  readonly run: string
  /** In post, the process always goes on. */
  readonly mode: Mode
  readonly second?: Flaw
}

/** All that goes wrong in a case. */
export function flawsOf(each: Case): readonly Flaw[] {
  return each.second === undefined ? [each] : [each, each.second]
}

/** Whether post, too, meets a server that is not well. */
export function isPostStruck(each: Case): boolean {
  return flawsOf(each).some(({ step }) => step === 'post')
}

/** How many requests a run makes when all goes well. */
export interface Requests {
  readonly main: number
  readonly post: number
}

export function nameOf({ run, mode, second, ...first }: Case): string {
  const name = [run, flawName(first), ...(first.step === 'post' ? [] : [mode])].join('/')
  return second === undefined ? name : `${name}+${flawName(second)}`
}

function flawName({ step, request, nth, fault }: Flaw): string {
  const letter = step === 'post' ? 'p' : 'k'
  const which = request === undefined ? nth : [`:${request}`, ...(nth === 1 ? [] : [nth])].join(':')
  return `${letter}${which}/${fault}`
}

/** @throws Error if the text names no case */
export function parseCase(text: string): Case {
  const [name = '', more] = text.split('+')
  const first = parseOne(name)
  if (more === undefined) return first
  const { step, request, nth, fault } = parseOne(`${first.run}/${more}`)
  return { ...first, second: { step, nth, fault, ...(request === undefined ? {} : { request }) } }
}

function parseOne(text: string): Case {
  const { run, letter, index, request, nth, fault, mode } =
    /^(?<run>R\d+)\/(?<letter>[kp])(?:(?<index>\d+)|:(?<request>[a-z-]+)(?::(?<nth>\d+))?)\/(?<fault>[\w-]+)(?:\/(?<mode>\w+))?$/.exec(
      text,
    )?.groups ?? {}
  const known = MODES.find((each) => each === (mode ?? 'on'))
  const isKnown = request === undefined || request in REQUESTS
  if (run === undefined || fault === undefined || known === undefined || !isKnown || !(fault in KINDS))
    throw new Error(`${text} is not a case`)
  const step = letter === 'p' ? 'post' : 'main'
  return {
    run,
    step,
    ...(request === undefined ? {} : { request }),
    nth: Number(index ?? nth ?? 1),
    fault,
    mode: known,
  }
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

/** Every nth case: the shards `1/4` to `4/4` together are all of them. @throws Error if the text names no shard */
export function shard(cases: readonly Case[], text: string): readonly Case[] {
  const [, which, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (which === undefined || of === undefined || which < 1 || which > of) throw new Error(`${text} is not a shard`)
  return cases.filter((_, index) => index % of === which - 1)
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

/** So many of the pairs that the cases of a run make, chosen by a seed: the second fault never strikes the same request. */
export function pairsOf(cases: readonly Case[], size: number, seed: number): readonly Case[] {
  const random = randomOf(seed)
  const pick = (from: readonly Case[]) => from[Math.floor(random() * from.length)]
  const firsts = cases.filter(({ step }) => step === 'main')
  const pairs: Case[] = []
  while (pairs.length < size) {
    const first = pick(firsts)
    const others = cases.filter(
      ({ run, step, nth, mode }) => run === first?.run && mode === 'on' && !(step === 'main' && nth === first.nth),
    )
    const second = pick(others)
    if (first === undefined || second === undefined) return pairs
    pairs.push({ ...first, second: { step: second.step, nth: second.nth, fault: second.fault } })
  }
  return pairs
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
