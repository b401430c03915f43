import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import type { Runner } from '../runner/runner.ts'
import { escapeForLog, quote } from '../text/escape.ts'
import { count, truncateList } from '../text/format.ts'
import { redact, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { idOf } from '../undo/thing.ts'
import type { Leftover } from '../undo/undo-result.ts'
import { removalCommands, type ServiceAccess } from './removal-commands.ts'

/** `post` gives a warning, `unmount` an error. */
export type Teller = 'post' | 'unmount'

/** So many reasons are told, so many names with each, and commands for so many things; the file has the rest. */
const MOST_REASONS = 8
const MOST_NAMES = 20
const MOST_COMMANDS = 40

/**
 * Lists what is left, with reasons and commands that remove it, in at most 20 lines. The rest goes to the log and to a
 * file in the runner's temporary folder, which the text names.
 */
export async function leftoverText(
  runner: Runner,
  left: readonly Leftover[],
  service: ServiceAccess,
  by: Teller,
): Promise<string> {
  const groups = groupsOf(left)
  const isWhole =
    groups.length <= MOST_REASONS &&
    groups.every(({ names }) => names.length <= MOST_NAMES) &&
    left.length <= MOST_COMMANDS
  const commands = removalCommands(left, service)
  return [
    headline(left, by),
    ...groups.slice(0, MOST_REASONS).map(({ reason, names }) => `- ${truncateList(names, MOST_NAMES)}: ${reason}`),
    ...(groups.length > MOST_REASONS ? [`- and ${count(groups.length - MOST_REASONS, 'more reason')}`] : []),
    ...(isWhole ? commandLines(commands, left, by) : await wholeList(runner, groups, commands)),
    lifeText(left),
  ].join('\n')
}

function lifeText(left: readonly Leftover[]): string {
  const uploads = left.filter(({ thing }) => thing.kind === 'upload' || thing.kind === 'lost-upload').length
  if (uploads === 0) return 'It stays until it is removed.'
  const rest = uploads === left.length ? '' : '; the rest stays until it is removed'
  return `Uploads also expire by themselves (\`expires-in\`)${rest}.`
}

function headline(left: readonly Leftover[], by: Teller): string {
  const sure = left.filter(({ isSure }) => isSure).length
  const unsure = left.length - sure
  const made = by === 'post' ? ' that this step created' : ''
  if (sure === 0) return `${count(unsure, 'item')} of this step may still be there:`
  const more = unsure === 0 ? '' : `, and ${unsure} more may still be there`
  return `Could not remove ${count(sure, 'item')}${made}${more}:`
}

/** What is left for the same reason, by name. */
interface Group {
  readonly reason: string
  readonly names: readonly string[]
}

function groupsOf(left: readonly Leftover[]): readonly Group[] {
  const groups = Map.groupBy(left, ({ reason }) => reason)
  return [...groups].map(([reason, those]) => ({ reason, names: those.map(leftoverName) }))
}

function leftoverName({ thing, isSure }: Leftover): string {
  switch (thing.kind) {
    case 'upload':
      // Of what may be another job's, the name tells more than the id.
      return isSure || thing.name === undefined
        ? escapeForLog(thing.fileId)
        : `upload ${quote(thing.name)} (${escapeForLog(thing.fileId)})`
    case 'lost-upload':
      return `upload ${quote(thing.name)}`
    case 'lost-session':
      return `a session of agent ${escapeForLog(thing.agentId)} with the metadata ${RUN_KEY_METADATA}=${escapeForLog(thing.runKey)}`
    case 'lost-resource':
      return `the file at ${quote(thing.mountPath)} of session ${escapeForLog(thing.sessionId)}`
    default:
      return escapeForLog(idOf(thing))
  }
}

function commandLines(commands: readonly string[], left: readonly Leftover[], by: Teller): readonly string[] {
  if (commands.length === 0) return []
  const action = by === 'post' ? ` use the \`unmount\` action with these ids${endOf(left)}, or` : ''
  return [`To remove it,${action} run:`, ...commands]
}

/** By its id alone, a session would be kept. */
function endOf(left: readonly Leftover[]): string {
  const [end] = left.flatMap(({ thing, isRemovable }) => (isRemovable && thing.kind === 'session' ? [thing.end] : []))
  return end === undefined ? '' : ` and \`session-cleanup: ${end}\``
}

/** Writes the whole list where it can be run; a file that cannot be written is no reason to say less. */
async function wholeList(
  runner: Runner,
  groups: readonly Group[],
  commands: readonly string[],
): Promise<readonly string[]> {
  const lines = groups.flatMap(({ reason, names }) => [`# ${reason}`, ...names.map((name) => `#   ${name}`)])
  await runner.group('What is left', async () => {
    for (const line of [...lines, ...commands]) runner.info(line)
  })
  const file = path.resolve(runner.env.RUNNER_TEMP || tmpdir(), `session-mount-left-${randomUUID()}.sh`)
  try {
    await writeFile(file, redact(`${[...lines, ...commands].join('\n')}\n`, SHORTEST_IN_VALUE))
    return [`The whole list, with the commands that remove it, is in the log above and in ${file}`]
  } catch {
    return ['The whole list, with the commands that remove it, is in the log above.']
  }
}
