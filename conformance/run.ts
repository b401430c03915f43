import { clean } from './clean.ts'
import type { Lab } from './lab.ts'
import { type Finding, type Question, verdictOf } from './question.ts'
import { ACCESS } from './questions/access.ts'
import { CREATION, VAULT } from './questions/creation.ts'
import { AGENT, EVENTS, LIMITS } from './questions/events.ts'
import { FILES } from './questions/files.ts'
import { MOUNT_PATHS } from './questions/mount-paths.ts'
import { MOUNTING } from './questions/mounting.ts'
import { SESSIONS } from './questions/sessions.ts'
import { BudgetError, NoServerError } from './server.ts'

/** So many questions in a row without an answer. */
const MAX_SILENT = 3

/** What was found out, and what could not be removed again. */
export interface Report {
  readonly findings: readonly Finding[]
  readonly left: readonly string[]
  /** What kept it from asking everything, if something did. */
  readonly stopped: string | undefined
}

export function questionsFor(lab: Lab, withAgent: boolean): readonly Question[] {
  const vault = lab.target.vault === undefined ? [] : VAULT
  const agent = withAgent ? AGENT : []
  const mounting = [...MOUNT_PATHS, ...MOUNTING]
  return [...ACCESS, ...FILES, ...mounting, ...CREATION, ...vault, ...SESSIONS, ...EVENTS, ...agent, ...LIMITS]
}

/** Asks one question after the other, and removes what that has made, whatever comes in between. */
export async function run(
  lab: Lab,
  questions: readonly Question[],
  signal: AbortSignal,
  tell: (finding: Finding) => void,
): Promise<Report> {
  const findings: Finding[] = []
  let stopped: string | undefined
  let silent = 0
  for (const question of questions) {
    const seen = stopped === undefined ? await question.look(lab).catch(asError) : undefined
    silent = seen instanceof NoServerError ? silent + 1 : 0
    stopped ??= reasonToStop(seen, silent, signal)
    const finding = findingOf(question, stopped === undefined ? seen : undefined)
    findings.push(finding)
    if (stopped === undefined) tell(finding)
  }
  return { findings, left: await clean(lab), stopped }
}

/** A server that does not answer once may do so the next time. */
function reasonToStop(seen: string | Error | undefined, silent: number, signal: AbortSignal): string | undefined {
  if (signal.aborted) return 'interrupted'
  return seen instanceof BudgetError || (seen instanceof Error && silent >= MAX_SILENT) ? seen.message : undefined
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

function findingOf(question: Question, seen: string | Error | undefined): Finding {
  if (seen === undefined) return { question, seen: '', verdict: 'not asked' }
  const text = seen instanceof Error ? `failed: ${seen.message}` : seen
  return { question, seen: text, verdict: verdictOf(question, text) }
}
