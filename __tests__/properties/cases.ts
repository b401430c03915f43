/** How many cases a property plays: some in `npm test`, and all each night (`faults.yml`). */
export function casesOf({ some, all }: { readonly some: number; readonly all: number }): number {
  return process.env.PROPERTIES === 'all' ? all : some
}
