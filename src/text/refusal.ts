/** The run is refused before anything was sent: the inputs are well formed, but what they name cannot be mounted. */
export class Refusal extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.length === 1 ? problems[0] : problems.map((problem) => `- ${problem}`).join('\n'))
    this.name = 'Refusal'
    this.problems = problems
  }
}

/** @throws Refusal if there is a problem; each is told once */
export function refuseIf(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refusal([...new Set(problems)])
}
