import { readFile } from 'node:fs/promises'
import { type FilePatterns, joinPatterns, parseFilePatterns } from '../../inputs/file-patterns.ts'
import { quote } from '../../text/escape.ts'
import { Refusal, refuseIf } from '../../text/refusal.ts'
import { findInputFile } from '../input-file.ts'

const LIMIT = { bytes: 10_000_000, advice: 'name folders or patterns in place of single files' } as const

/**
 * The patterns of `files`, and those of the file that `files-from` names: the environment of a step has no room for long lists.
 * @throws Refusal
 */
export async function withFileList(
  patterns: FilePatterns,
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FilePatterns> {
  if (name === undefined) return patterns
  const { realPath } = await findInputFile('files-from', name, LIMIT, env)
  const problems: string[] = []
  const listed = parseFilePatterns(decodeList(await readFile(realPath), name), (message) => problems.push(message))
  refuseIf(problems.map((problem) => `files-from: ${quote(name)}: ${problem}`))
  const all = joinPatterns(patterns, listed)
  if (all.includes.length === 0 && all.excludes.length > 0) {
    throw new Refusal([`files-from: ${quote(name)} contains only excludes. Add a pattern for what to mount`])
  }
  return all
}

/** By the byte order mark: PowerShell 5 writes UTF-16. */
const ENCODINGS: Readonly<Record<string, string>> = { '\u00ff\u00fe': 'utf-16le', '\u00fe\u00ff': 'utf-16be' }

function decodeList(bytes: Buffer, name: string): string {
  const encoding = ENCODINGS[bytes.toString('latin1', 0, 2)] ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal([`files-from: ${quote(name)} is not UTF-8 text`])
  }
}
