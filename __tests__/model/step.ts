import fc from 'fast-check'

/** A job whose main runs now; its post comes in a step of its own, or at the end. */
export interface Job {
  readonly do: 'mount'
  /** A name, the n-th session that is known, or a new one. */
  readonly target: 'alpha' | 'beta' | 'new' | 0 | 1 | 2
  readonly only: readonly FileName[]
  readonly archive: boolean
  readonly prune: boolean
  readonly overwrite: boolean
  readonly cleanup: 'always' | 'on-failure' | 'never'
  readonly sessionCleanup: 'keep' | 'archive' | 'delete'
  readonly fault: Fault | undefined
}

/** What strikes main, at its n-th entry of the ledger or its n-th creating call. */
export interface Fault {
  readonly kind: 'cancel' | 'kill' | 'lose-reply'
  readonly at: number
}

export type FileName = 'a.txt' | 'b.txt' | 'c.txt'

export type Step =
  | Job
  | { readonly do: 'pair'; readonly jobs: readonly [Job, Job] }
  | { readonly do: 'post'; readonly which: number }
  | { readonly do: 'edit'; readonly file: FileName; readonly content: '1' | '2' | undefined }
  | { readonly do: 'add by hand' | 'remove by hand'; readonly session: number; readonly file: FileName }
  | { readonly do: 'run' | 'rest' | 'archive' | 'delete'; readonly session: number }

const NAMES = ['a.txt', 'b.txt', 'c.txt'] as const
const session = fc.nat({ max: 2 })
const file = fc.constantFrom(...NAMES)

const fault = fc.record({
  kind: fc.constantFrom('cancel' as const, 'kill' as const, 'lose-reply' as const),
  at: fc.integer({ min: 1, max: 8 }),
})

const job: fc.Arbitrary<Job> = fc
  .record({
    do: fc.constant('mount' as const),
    target: fc.constantFrom('alpha' as const, 'beta' as const, 'new' as const, 0 as const, 1 as const, 2 as const),
    only: fc.subarray([...NAMES], { minLength: 1 }),
    archive: weighted(false, true, 5),
    prune: weighted(false, true, 3),
    overwrite: weighted(false, true, 6),
    cleanup: fc.constantFrom('always' as const, 'always' as const, 'on-failure' as const, 'never' as const),
    sessionCleanup: fc.constantFrom('keep' as const, 'archive' as const, 'delete' as const),
    fault: fc.option(fault, { nil: undefined, freq: 3 }),
  })
  // Together with `cleanup: never` it is refused.
  .map((each) => (each.cleanup === 'never' ? { ...each, sessionCleanup: 'keep' as const } : each))

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: job },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pair' as const), jobs: fc.tuple(job, job) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), which: fc.nat({ max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      file,
      content: fc.constantFrom('1' as const, '2' as const, undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('add by hand' as const, 'remove by hand' as const), session, file }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('run' as const, 'rest' as const, 'archive' as const, 'delete' as const),
      session,
    }),
  },
)

/** What happens to one agent's sessions in some days; in the end all posts run that have not. */
export const history = fc.array(step, { minLength: 2, maxLength: 12 })

function weighted<T>(usual: T, rare: T, usualShare: number): fc.Arbitrary<T> {
  return fc.oneof({ weight: usualShare, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) })
}

/** A history as a story, a line a step. */
export function storyOf(steps: readonly Step[]): string {
  return steps.map((each, n) => `${n + 1}. ${JSON.stringify(each)}`).join('\n')
}
