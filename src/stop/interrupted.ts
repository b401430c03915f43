/** The run was told to stop, or its time was over. `acted` says whether a call was on its way then. */
export class Interrupted extends Error {
  readonly acted: 'no' | 'unknown'

  constructor(why: string, acted: 'no' | 'unknown') {
    super(why)
    this.name = 'Interrupted'
    this.acted = acted
  }
}
