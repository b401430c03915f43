import type { Contender, Entrant, ScenarioId } from './heat.ts'
import type { Sample } from './sample.ts'
import { median } from './statistics.ts'

/** What has been measured: samples by scenario and contender. */
export class Results {
  readonly #samples = new Map<string, Sample[]>()

  /** Runs all contenders in turn, as many rounds as are asked for after one that only warms up. */
  async measure(contenders: readonly Contender[], runs: number, progress: (text: string) => void): Promise<void> {
    for (let round = 0; round <= runs; round++) {
      for (const contender of contenders.filter((each) => takesPart(each, round))) {
        const samples = Object.entries(await contender.run(round)) as [ScenarioId, Sample][]
        for (const [id, sample] of samples) {
          progress(`${id}, ${contender.name}, round ${round}: ${sample.seconds.toFixed(3)} s`)
          if (round > 0) this.#of(id, contender.name).push(sample)
        }
      }
    }
  }

  of(id: ScenarioId, name: Entrant): readonly Sample[] {
    return this.#samples.get(keyOf(id, name)) ?? []
  }

  /** Seconds; NaN if nothing was measured. */
  median(id: ScenarioId, name: Entrant): number {
    return median(this.of(id, name).map(({ seconds }) => seconds))
  }

  /** The most that was seen, in MB; NaN if nothing was measured. */
  peak(id: ScenarioId, name: Entrant): number {
    return most(this.of(id, name).map(({ peakMegabytes }) => peakMegabytes))
  }

  /** The most that was seen; NaN if nothing was counted. */
  requests(id: ScenarioId, name: Entrant): number {
    return most(this.of(id, name).map(({ requests }) => requests))
  }

  /** The most that was seen; NaN if nothing was counted. */
  connections(id: ScenarioId, name: Entrant): number {
    return most(this.of(id, name).map(({ connections }) => connections))
  }

  #of(id: ScenarioId, name: Entrant): Sample[] {
    const samples = this.#samples.get(keyOf(id, name)) ?? []
    this.#samples.set(keyOf(id, name), samples)
    return samples
  }
}

/** Round 0 warms up, which a contender with few, long runs does without. */
function takesPart({ runs }: Contender, round: number): boolean {
  return runs === undefined || (round >= 1 && round <= runs)
}

function keyOf(id: ScenarioId, name: Entrant): string {
  return `${id}/${name}`
}

function most(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? Number.NaN : Math.max(...known)
}
