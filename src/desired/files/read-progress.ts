/** Is told how far the files have been read, and with it packed. */
export interface ReadProgress {
  /** @param total bytes that are to be read */
  begin(what: 'Read' | 'Packed', total: number): void
  read(bytes: number): void
  /** @param line what it came to */
  end(line: string): void
}
