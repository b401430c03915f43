import { spendingOf } from '../api/usage.ts'
import { type Applied, changeCounts, fileCount, type MountedFile } from '../apply/applied.ts'
import type { Turn } from '../converse/turn.ts'
import type { Runner } from '../runner/runner.ts'
import { count, inDollars } from '../text/format.ts'
import { redactAll, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { truncate } from '../text/truncate.ts'
import type { ShownReply } from './reply/show-reply.ts'
import { consoleUrl } from './session-link.ts'
import { unpackCommand } from './unpack-command.ts'

/** A later step gets an output as one variable of its environment, for which Linux takes 128 KiB with its name. */
const MAX_OUTPUT_BYTES = 100_000

/** One mounted file, as `resources` and the manifest show it. */
export function resourceRecord({ file, change, containerPath, fileId, resourceId }: MountedFile) {
  return {
    path: file.path,
    mount_path: containerPath,
    size: file.size,
    // Null for an archive that was not packed, as it is on the session already.
    sha256: file.sha256 ?? null,
    file_id: fileId ?? null,
    resource_id: resourceId,
    change,
  }
}

type Shown = Pick<Applied, 'sessionId' | 'sessionCreated' | 'workspace' | 'repository' | 'mounted' | 'removed'>

/** All outputs of the mount action, for what was done, also when only a part of it was; action.yml lists the same. */
function outputsOf(applied: Shown) {
  return {
    'session-id': applied.sessionId ?? '',
    'session-url': (applied.sessionId && consoleUrl(applied.sessionId, applied.workspace)) ?? '',
    'session-created': String(applied.sessionCreated),
    'resource-ids': JSON.stringify(applied.mounted.map(({ resourceId }) => resourceId)),
    'file-ids': JSON.stringify(applied.mounted.flatMap(({ fileId }) => fileId ?? [])),
    resources: JSON.stringify(redactAll(applied.mounted.map(resourceRecord), SHORTEST_IN_VALUE)),
    'unpack-command': unpackCommand(applied) ?? '',
    'repository-resource-id': applied.repository?.resourceId ?? '',
    'repository-mount-path': applied.repository?.mountPath ?? '',
    'checkout-sha': applied.repository?.repository.sha ?? '',
    'mounted-sha': applied.repository?.mountedSha ?? '',
    'checkout-ref': applied.repository?.repository.ref ?? '',
    'mounted-count': String(fileCount(applied.mounted)),
    ...countsOf(applied),
    'total-bytes': String(applied.mounted.reduce((sum, { file }) => sum + file.size, 0)),
    'manifest-path': '',
    ...turnOutputs(undefined, undefined),
  }
}

export const NOTHING_APPLIED: Shown = {
  sessionId: undefined,
  sessionCreated: false,
  workspace: undefined,
  repository: undefined,
  mounted: [],
  removed: [],
}

/** The outputs of a run that did nothing: valid, so that `fromJSON` in a later step does not fail. */
export const NO_OUTPUTS = outputsOf(NOTHING_APPLIED)

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

function countsOf(applied: Shown) {
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
export function setOutputs(runner: Runner, applied: Shown): void {
  setCapped(runner, outputsOf(applied), NO_OUTPUTS, 'Read the list from the file in `manifest-path`.')
}

type Outputs = Readonly<Record<string, string>>

/** Sets outputs; one that is too large for the environment of a later step is set as in `empty`, with a warning. */
export function setCapped(runner: Runner, outputs: Outputs, empty: Outputs, instead: string): void {
  for (const [name, value] of Object.entries(outputs)) {
    const bytes = Buffer.byteLength(value)
    const isTooLarge = bytes > MAX_OUTPUT_BYTES
    runner.output(name, isTooLarge ? (empty[name] ?? '') : value)
    if (!isTooLarge) continue
    runner.warning(
      `The output \`${name}\` would have ${count(bytes, 'byte')}, too many for one variable of a later step, so it is empty. ${instead}`,
    )
  }
}
