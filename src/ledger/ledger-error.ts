/** State cannot be used; nothing is removed then, since what is not known to be ours must stay. */
export class LedgerError extends Error {
  constructor(what: string) {
    super(
      `${what}, so nothing was removed. Uploads expire by themselves; look for the sessions and mounted files of this run in the console.`,
    )
    this.name = 'LedgerError'
  }
}
