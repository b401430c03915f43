import path from 'node:path'
import type { GitDir } from './git-dir.ts'
import { readSmallFile } from './small-file.ts'

/** One setting of a repository's own `config`: section and key in small letters, the subsection as it is written. */
interface Setting {
  readonly section: string
  readonly subsection: string
  readonly key: string
  readonly value: string
}

const MAX_CONFIG_BYTES = 1_000_000

/**
 * The settings of a repository's own `config`. Nothing in it is acted on: no file that it includes is read, no URL is
 * rewritten, no program is started.
 */
export async function readConfig({ common }: GitDir): Promise<readonly Setting[]> {
  const bytes = await readSmallFile(path.join(common, 'config'), MAX_CONFIG_BYTES)
  return bytes === undefined ? [] : parseConfig(bytes.toString('utf8'))
}

/** URL of the remote `origin`, or of the only remote, as it is written. */
export function remoteUrlOf(settings: readonly Setting[]): string | undefined {
  const urls = new Map<string, string>()
  for (const { section, subsection, key, value } of settings) {
    // Of several URLs, git fetches from the first.
    if (section === 'remote' && key === 'url' && !urls.has(subsection)) urls.set(subsection, value)
  }
  return urls.get('origin') ?? (urls.size === 1 ? [...urls.values()][0] : undefined)
}

/** References are kept in a format that is not files (git 2.45 and later, on request). */
export function hasRefTable(settings: readonly Setting[]): boolean {
  return settings.some(
    ({ section, key, value }) => section === 'extensions' && key === 'refstorage' && /^reftable/i.test(value),
  )
}

/** The syntax of git-config, as far as it has settings. */
export function parseConfig(text: string): readonly Setting[] {
  const settings: Setting[] = []
  let [section, subsection] = ['', '']
  // A backslash at the end of a line goes on with the next.
  for (const line of text
    .replace(/^\ufeff/, '')
    .replace(/\\\r?\n/g, '')
    .split(/\r?\n/)) {
    const header = /^\s*\[([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]/.exec(line)
    if (header !== null) {
      const [name = '', ...old] = (header[1] ?? '').toLowerCase().split('.')
      section = name
      subsection = header[2]?.replace(/\\(.)/g, '$1') ?? old.join('.')
    }
    const setting = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(line.slice(header?.[0].length ?? 0))
    if (setting === null) continue
    settings.push({ section, subsection, key: (setting[1] ?? '').toLowerCase(), value: unquote(setting[2] ?? '') })
  }
  return settings
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' }

/** Quotes keep spaces and the marks of comments; a backslash makes the next character itself, or a control character. */
function unquote(text: string): string {
  let [value, keep, isQuoted] = ['', 0, false]
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') isQuoted = !isQuoted
    else if (character === '\\') value += ESCAPES[text.charAt(++at)] ?? text.charAt(at)
    else if (!isQuoted && (character === '#' || character === ';')) break
    else value += character
    // Spaces at the end count only inside of quotes.
    if (isQuoted || /\S/.test(character)) keep = value.length
  }
  return value.slice(0, keep)
}
