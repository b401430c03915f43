import { setFlagsFromString } from 'node:v8'

// V8 takes these flags while it runs; one that it does not know it would name on stderr, and go on.

/**
 * Has garbage collected early. Each chunk that comes off a socket is a new buffer of up to 64 KB, which V8 counts for
 * little: left alone, some 45 MB of them pile up for one large file. With 2 MB of new space it is 9 MB, and not slower.
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

/**
 * undici's parser of HTTP is WebAssembly. V8 would compile it a second time, to run faster, after the first reply already:
 * 30 ms of a core, a sixth of what a small run takes. With an eighth of the eagerness it does so in runs of many requests.
 */
export function optimizeParserLate(): void {
  setFlagsFromString('--wasm-tiering-budget=100000000')
}
