import { readFile } from 'node:fs/promises'
import type { PromptSource } from '../inputs/conversation.ts'
import { quote } from '../text/escape.ts'
import { redact } from '../text/redact.ts'
import { Refusal } from '../text/refusal.ts'
import type { Guard } from './files/guard.ts'
import { findInputFile, type InputFile } from './input-file.ts'

/** What the agent is to be told, before anything of ours stands in front of it. */
export interface DesiredPrompt {
  readonly text: string
}

type Environment = Readonly<Record<string, string | undefined>>

const LIMIT = { bytes: 1_000_000, advice: 'mount the text, and name its path' } as const

/** How much of the first line is shown. */
const SHOWN = 120

/** A prompt whose file, if it has one, has been found and not been read yet. */
export interface FoundPrompt {
  readonly source: PromptSource
  /** Where the file really is. */
  readonly file: string | undefined
}

/**
 * Finds the prompt's file.
 * @param guard knows which files must not leave the runner
 * @throws Refusal if there is none, or it must not be sent
 */
export async function findPrompt(source: PromptSource, env: Environment, guard: Guard): Promise<FoundPrompt> {
  return { source, file: source.kind === 'text' ? undefined : (await findFile(source.path, env, guard)).realPath }
}

/** @param own secrets of this run, which no prompt may hold. @throws Refusal if it must not be sent */
export async function readPrompt({ source, file }: FoundPrompt, own: readonly string[]): Promise<DesiredPrompt> {
  if (source.kind === 'text' || file === undefined) {
    const text = source.kind === 'text' ? source.text : ''
    await check('prompt', 'it', Buffer.from(text), own)
    return { text }
  }
  const bytes = await readFile(file)
  await check('prompt-file', quote(source.path), bytes, own)
  return { text: decodePrompt(bytes, source.path) }
}

/** What the log says of a prompt: how long it is, and how it begins. */
export function promptLine({ text }: DesiredPrompt): string {
  const [first = ''] = redact(text).split(/\r?\n/, 1)
  const shown = [...first].slice(0, SHOWN).join('')
  return `Prompt of ${text.length} characters, beginning ${quote(shown)}${shown.length < text.length ? ' …' : ''}`
}

async function findFile(name: string, env: Environment, guard: Guard): Promise<InputFile> {
  const file = await findInputFile('prompt-file', name, LIMIT, env)
  const finding = guard.check(file)
  if (finding !== undefined) throw promptRefusal(`${quote(finding.name)} is not sent: it ${finding.reason}`)
  return file
}

async function check(input: string, subject: string, bytes: Buffer, own: readonly string[]): Promise<void> {
  const { SecretSearch } = await import('./secrets/secret-scan.ts')
  const scan = new SecretSearch(own).scan(bytes.length)
  scan.add(bytes)
  scan.end()
  if (scan.finding === undefined) return
  throw new Refusal([
    `${input}: ${subject} is not sent: it holds ${scan.finding}; what an agent is told stays in its session`,
  ])
}

function decodePrompt(bytes: Buffer, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    if (text !== '') return text
  } catch {
    throw promptRefusal(`${quote(name)} is not UTF-8 text`)
  }
  throw promptRefusal(`${quote(name)} is empty`)
}

function promptRefusal(message: string): Refusal {
  return new Refusal([`prompt-file: ${message}`])
}
