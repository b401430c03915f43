import { spendingOf } from '../api/usage.ts'
import { type Applied, type Change, changeCounts, fileCount, type MountedFile } from '../apply/applied.ts'
import type { Turn } from '../converse/turn.ts'
import type { Runner } from '../runner/runner.ts'
import { count, inDollars } from '../text/format.ts'
import { redactAll, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { truncate } from '../text/truncate.ts'
import type { ShownReply } from './reply/show-reply.ts'
import { consoleUrl } from './session-url.ts'
import { unpackCommand } from './unpack-command.ts'

/** All outputs of the mount action; action.yml and the README list the same. */
export const MOUNT_OUTPUTS = [
  'session-id',
  'session-url',
  'session-created',
  'resource-ids',
  'file-ids',
  'resources',
  'unpack-command',
  'repository-resource-id',
  'repository-mount-path',
  'checkout-sha',
  'mounted-sha',
  'checkout-ref',
  'mounted-count',
  'added-count',
  'replaced-count',
  'unchanged-count',
  'removed-count',
  'changed',
  'total-bytes',
  'manifest-path',
  'status',
  'stop-reason',
  'reply',
  'reply-markdown',
  'usage',
  'cost',
  'run-cost',
  'input-tokens',
  'output-tokens',
  'cache-read-tokens',
  'cache-write-tokens',
  'outcome',
  'outcome-explanation',
  'outcome-iterations',
] as const

export type Outputs = Readonly<Record<(typeof MOUNT_OUTPUTS)[number], string>>

/** A later step gets an output as one variable of its environment, for which Linux takes 128 KiB with its name. */
const MAX_OUTPUT_BYTES = 100_000

/** The outputs of a run that did nothing: valid, so that `fromJSON` in a later step does not fail. */
export const NO_OUTPUTS: Outputs = {
  'session-id': '',
  'session-url': '',
  'session-created': 'false',
  'resource-ids': '[]',
  'file-ids': '[]',
  resources: '[]',
  'unpack-command': '',
  'repository-resource-id': '',
  'repository-mount-path': '',
  'checkout-sha': '',
  'mounted-sha': '',
  'checkout-ref': '',
  'mounted-count': '0',
  'added-count': '0',
  'replaced-count': '0',
  'unchanged-count': '0',
  'removed-count': '0',
  changed: 'false',
  'total-bytes': '0',
  'manifest-path': '',
  ...turnOutputs(undefined, undefined),
}

/** One mounted file, as `resources` and the manifest show it. */
export interface ResourceRecord {
  readonly path: string
  readonly mount_path: string
  readonly size: number
  /** Null for an archive that was not packed, as it is on the session already. */
  readonly sha256: string | null
  readonly file_id: string | null
  readonly resource_id: string
  readonly change: Change
}

export function resourceRecord({ file, change, containerPath, fileId, resourceId }: MountedFile): ResourceRecord {
  return {
    path: file.path,
    mount_path: containerPath,
    size: file.size,
    sha256: file.sha256 ?? null,
    file_id: fileId ?? null,
    resource_id: resourceId,
    change,
  }
}

/** The outputs for what was done, also when only a part of it was. */
export function outputsOf(applied: Applied, manifestPath: string): Outputs {
  return {
    'session-id': applied.sessionId ?? '',
    'session-url': (applied.sessionId && consoleUrl(applied.sessionId, applied.workspace)) ?? '',
    'session-created': String(applied.sessionCreated),
    'resource-ids': JSON.stringify(applied.mounted.map(({ resourceId }) => resourceId)),
    'file-ids': JSON.stringify(applied.mounted.flatMap(({ fileId }) => fileId ?? [])),
    resources: JSON.stringify(redactAll(applied.mounted.map(resourceRecord), SHORTEST_IN_VALUE)),
    'unpack-command': unpackCommand(applied),
    'repository-resource-id': applied.repository?.resourceId ?? '',
    'repository-mount-path': applied.repository?.mountPath ?? '',
    'checkout-sha': applied.repository?.repository.sha ?? '',
    'mounted-sha': applied.repository?.mountedSha ?? '',
    'checkout-ref': applied.repository?.repository.ref ?? '',
    'mounted-count': String(fileCount(applied.mounted)),
    ...countsOf(applied),
    'total-bytes': String(applied.mounted.reduce((sum, { file }) => sum + file.size, 0)),
    'manifest-path': manifestPath,
    ...turnOutputs(undefined, undefined),
  }
}

/** Outputs of the agent's turn; empty without a wait. */
function turnOutputs(turn: Turn | undefined, shown: ShownReply | undefined) {
  return {
    status: turn?.status ?? '',
    'stop-reason': turn?.stopReason ?? '',
    reply: turn?.reply ?? '',
    'reply-markdown': shown?.markdown ?? '',
    usage: JSON.stringify(turn?.usage ?? {}),
    ...spendingOutputs(turn),
    outcome: turn?.verdict?.result ?? '',
    'outcome-explanation': truncate(turn?.verdict?.explanation ?? '', MAX_OUTPUT_BYTES),
    'outcome-iterations': textOf(turn?.verdict?.iterations),
  }
}

function spendingOutputs(turn: Turn | undefined) {
  const { cents, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = spendingOf(turn?.usage)
  return {
    cost: cents === undefined ? '' : inDollars(cents),
    'run-cost': turn?.runCents === undefined ? '' : inDollars(turn.runCents),
    'input-tokens': textOf(inputTokens),
    'output-tokens': textOf(outputTokens),
    'cache-read-tokens': textOf(cacheReadTokens),
    'cache-write-tokens': textOf(cacheWriteTokens),
  }
}

function textOf(number: number | undefined): string {
  return number === undefined ? '' : String(number)
}

/** Sets the outputs that tell of the agent's turn, over what stands there. */
export function setTurnOutputs(runner: Runner, turn: Turn, shown: ShownReply | undefined): void {
  for (const [name, value] of Object.entries(turnOutputs(turn, shown))) runner.output(name, value)
}

function countsOf(applied: Applied) {
  const { added, replaced, unchanged, removed } = changeCounts(applied)
  return {
    'added-count': String(added),
    'replaced-count': String(replaced),
    'unchanged-count': String(unchanged),
    'removed-count': String(removed),
    changed: String(applied.sessionCreated || added + replaced + removed > 0),
  }
}

/** Sets all outputs. A list that is too large is left empty, and the manifest named instead. */
export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const name of MOUNT_OUTPUTS) {
    setCapped(runner, name, outputs[name], NO_OUTPUTS[name], 'Read the list from the file in `manifest-path`.')
  }
}

/** Sets an output; one that is too large for the environment of a later step is set to `empty`, with a warning. */
export function setCapped(runner: Runner, name: string, value: string, empty: string, instead: string): void {
  const bytes = Buffer.byteLength(value)
  if (bytes <= MAX_OUTPUT_BYTES) {
    runner.output(name, value)
    return
  }
  runner.output(name, empty)
  runner.warning(
    `The output \`${name}\` would have ${count(bytes, 'byte')}, too many for one variable of a later step, so it is empty. ${instead}`,
  )
}
