import { readFile } from 'node:fs/promises'
import type { Prompt } from '../api/user-event.ts'
import type { PromptInput, TextSource } from '../inputs/conversation.ts'
import { quote } from '../text/escape.ts'
import { lengthOf } from '../text/format.ts'
import { redact } from '../text/redact.ts'
import { Refusal } from '../text/refusal.ts'
import type { Guard } from './files/guard.ts'
import { findInputFile } from './input-file.ts'

type Environment = Readonly<Record<string, string | undefined>>

type Input = 'prompt' | 'rubric'

/** Documented. */
const MAX_RUBRIC_CHARACTERS = 262_144

/** The most that is read of a file; a character has up to 4 bytes. */
const LIMIT = {
  prompt: { bytes: 1_000_000, advice: 'mount the text, and name its path' },
  rubric: { bytes: MAX_RUBRIC_CHARACTERS * 4, advice: 'shorten it' },
} as const

/** How much of the first line is shown. */
const SHOWN = 120

/** A text whose file, if it has one, has been found and not been read yet. */
interface FoundText {
  readonly input: Input
  readonly source: TextSource
  /** Where the file really is. */
  readonly file: string | undefined
}

export interface FoundPrompt {
  readonly task: FoundText
  readonly rubric: FoundText | undefined
  readonly maxIterations: number
  /** Where the files really are. */
  readonly files: readonly string[]
}

/**
 * Finds the files of the prompt and its rubric.
 * @param guard knows which files must not leave the runner
 * @throws Refusal if there is none, or it must not be sent
 */
export async function findPrompt(
  { task, rubric, maxIterations }: PromptInput,
  env: Environment,
  guard: Guard,
): Promise<FoundPrompt> {
  const found = {
    task: await findText('prompt', task, env, guard),
    rubric: rubric === undefined ? undefined : await findText('rubric', rubric, env, guard),
  }
  return { ...found, maxIterations, files: [found.task.file ?? [], found.rubric?.file ?? []].flat() }
}

/** @param own secrets of this run, which no prompt may hold. @throws Refusal if it must not be sent */
export async function readPrompt(found: FoundPrompt, own: readonly string[]): Promise<Prompt> {
  const { maxIterations } = found
  const text = await readText(found.task, own)
  const rubric = found.rubric === undefined ? undefined : { text: await readText(found.rubric, own), maxIterations }
  const length = lengthOf(rubric?.text)
  if (length > MAX_RUBRIC_CHARACTERS) {
    const input = found.rubric?.source.kind === 'file' ? 'rubric-file' : 'rubric'
    throw new Refusal([`${input}: has ${length} characters; a rubric has at most ${MAX_RUBRIC_CHARACTERS}`])
  }
  return { text, rubric }
}

/** What the log says of a prompt: how long it is, and how it begins. */
export function promptLine({ text, rubric }: Prompt): string {
  const [first = ''] = redact(text).split(/\r?\n/, 1)
  const shown = [...first].slice(0, SHOWN).join('')
  const graded = rubric === undefined ? '' : `, graded by a rubric of ${rubric.text.length} characters`
  return `Prompt of ${text.length} characters${graded}, beginning ${quote(shown)}${shown.length < text.length ? ' …' : ''}`
}

async function findText(input: Input, source: TextSource, env: Environment, guard: Guard): Promise<FoundText> {
  if (source.kind === 'text') return { input, source, file: undefined }
  const file = await findInputFile(`${input}-file`, source.path, LIMIT[input], env)
  const finding = guard.check(file)
  if (finding !== undefined) throw refusal(input, `${quote(finding.name)} is not sent: it ${finding.reason}`)
  return { input, source, file: file.realPath }
}

async function readText({ input, source, file }: FoundText, own: readonly string[]): Promise<string> {
  if (source.kind === 'text' || file === undefined) {
    const text = source.kind === 'text' ? source.text : ''
    await check(input, 'it', Buffer.from(text), own)
    return text
  }
  const bytes = await readFile(file)
  await check(`${input}-file`, quote(source.path), bytes, own)
  return decodeText(bytes, input, source.path)
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

function decodeText(bytes: Buffer, input: Input, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    if (text !== '') return text
  } catch {
    throw refusal(input, `${quote(name)} is not UTF-8 text`)
  }
  throw refusal(input, `${quote(name)} is empty`)
}

function refusal(input: Input, message: string): Refusal {
  return new Refusal([`${input}-file: ${message}`])
}
