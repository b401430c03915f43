import { setFlagsFromString } from 'node:v8'

/**
 * Has garbage collected early. Each chunk that comes off a socket is a new buffer of up to 64 KB, which V8 counts for
 * little: left alone, some 45 MB of them pile up for one large file. With 2 MB of new space it is 9 MB, and not slower.
 * V8 takes this flag while it runs; one that does not know it would say so, and go on.
 */
export function collectGarbageEarly(): void {
  setFlagsFromString('--scavenger-max-new-space-capacity-mb=2')
}

/**
 * Thousands of files make thousands of short-lived objects. V8 would let its space for these grow to 96 MB, which takes
 * a third more memory and saves no time (measured: `npm run bench -- --only F,K`; the flag above changes nothing there).
 */
export function keepNewSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
