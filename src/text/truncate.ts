/** As much of the start of a text as fits into so many bytes of UTF-8, in whole characters. */
export function truncate(text: string, bytes: number): string {
  const start = Buffer.from(text).subarray(0, bytes)
  // What a decoder has of a character of which more is to come, it keeps to itself.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(start, { stream: true })
}
