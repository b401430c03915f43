import { Interrupted } from './interrupted.ts'

export interface Stop {
  /** Nothing new is begun once this has fired. */
  readonly startNothingNew: AbortSignal
  /** Aborts calls in flight; fires a little later, so that most of them end well. */
  readonly abortInFlight: AbortSignal
}

/** In milliseconds: until calls in flight are aborted, and until the process ends regardless. */
interface Grace {
  readonly inFlightMs: number
  readonly processMs: number
}

/**
 * The runner sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that (actions/runner, ProcessInvoker.cs). On Windows
 * it presses Ctrl+C, which Node calls SIGINT as well, and Ctrl+Break.
 */
const GRACE = {
  SIGINT: { inFlightMs: 3_000, processMs: 6_000 },
  SIGTERM: { inFlightMs: 500, processMs: 2_000 },
  SIGBREAK: { inFlightMs: 500, processMs: 2_000 },
} as const satisfies Readonly<Partial<Record<NodeJS.Signals, Grace>>>

/** The timers of a process that is told to stop, from outside or by its own time limit. */
export class Stopper implements Stop {
  readonly #startNothingNew = new AbortController()
  readonly #abortInFlight = new AbortController()

  get startNothingNew(): AbortSignal {
    return this.#startNothingNew.signal
  }

  get abortInFlight(): AbortSignal {
    return this.#abortInFlight.signal
  }

  /** Stops when the runner cancels the job. @param exitCode of a process that has to be ended while something hangs */
  static onSignals(exitCode: 0 | 1): Stopper {
    const stopper = new Stopper()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
      process.on(signal, () => {
        const { inFlightMs, processMs } = GRACE[signal]
        stopper.#stop('the run was cancelled', inFlightMs)
        setTimeout(() => process.exit(exitCode), processMs).unref()
      })
    }
    return stopper
  }

  /** Stops after so many milliseconds. @param why is the message of the error that calls then end with */
  after(ms: number, why: string): void {
    setTimeout(() => this.stop(why), ms).unref()
  }

  /** Stops now, as a signal does. @param why as in `after` */
  stop(why: string): void {
    this.#stop(why, GRACE.SIGINT.inFlightMs)
  }

  #stop(why: string, graceMs: number): void {
    this.#startNothingNew.abort(new Interrupted(why, 'no'))
    setTimeout(() => this.#abortInFlight.abort(new Interrupted(why, 'unknown')), graceMs).unref()
  }
}
