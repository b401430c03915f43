/**
 * Ends the process as soon as its output is out. Left to itself, Node waits for sockets and threads that nobody needs any
 * more, and takes its engine apart, for 20 ms and more.
 */
export function exit(): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}
