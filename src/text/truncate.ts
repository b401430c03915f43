/** As much of the start of a text as fits into so many bytes of UTF-8, in whole characters. */
export function truncate(text: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const character of text) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}
