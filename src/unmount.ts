import type { Client } from './api/client.ts'
import { connect } from './api/connect.ts'
import { timeOver } from './inputs/limits.ts'
import { type ManifestContent, readManifest, sessionEntry } from './inputs/manifest.ts'
import { type Removal, readUnmountInputs, type UnmountInputs } from './inputs/unmount-inputs.ts'
import type { SessionCleanup } from './ledger/cleanup-settings.ts'
import type { Effect, Ledger, RunEntry } from './ledger/ledger.ts'
import { leftoverText } from './report/leftovers.ts'
import { reportUndone } from './report/removal.ts'
import { UNMOUNT_OUTPUTS } from './report/removal-outputs.ts'
import type { Runner } from './runner/runner.ts'
import { readEvent } from './runner/workflow-event.ts'
import type { Stop, Stopper } from './stop/stop.ts'
import { quoted } from './text/escape.ts'
import { firstFew } from './text/format.ts'
import { findDead } from './undo/find-abandoned.ts'
import { undo } from './undo/undo.ts'
import { Tally, type Undone } from './undo/undo-result.ts'

/**
 * The unmount action: inputs → what is to go → undo → report. Fails the step when something is left, since here, unlike
 * in post, taking away is what the step is for.
 */
export async function unmount(runner: Runner, stopper: Stopper): Promise<void> {
  setCounts(runner, new Tally())
  const inputs = readUnmountInputs(runner.input, runner.env, await readEvent(runner.env))
  const { access, limits } = inputs
  stopper.after(limits.timeoutMs, timeOver(limits))
  if (access.credential.kind === 'skip') {
    runner.notice(`${access.credential.why}: nothing is taken away, as \`if-no-credentials: skip\` says`)
    return
  }
  for (const { level, text } of inputs.remarks) runner[level](text)
  await using service = await connect(access.baseUrl, access.credential, limits, runner, stopper)
  const ledgers = await findOut(inputs, service.client, runner.env)
  const effects = ledgers.flatMap((ledger) => ledger.effects)
  if (effects.length === 0) runner.info('Nothing to take away')
  else if (inputs.dryRun) runner.notice(`Dry run: would take away ${named(effects)}`)
  else await takeAway(runner, ledgers, inputs, service.client, stopper)
}

/** What is to go, as if a run had written it; in one ledger what is to be ended in the same way. */
async function findOut(inputs: UnmountInputs, client: Client, env: Runner['env']): Promise<readonly Ledger[]> {
  const { removal } = inputs
  if (removal.kind === 'named') {
    const { runKey, effects } = await namedEffects(removal)
    return [{ run: runEntry(inputs, runKey, removal.sessionCleanup), effects, complete: true }]
  }
  const repository = env.GITHUB_REPOSITORY ?? ''
  const before = new Date(Date.now() - removal.olderThanMs)
  const dead = await findDead(client, removal.agentId, repository, before)
  return (['archive', 'delete'] as const).map((how) => ({
    run: runEntry(inputs, `${repository}/`, how),
    effects: dead.filter((each) => each.how === how).map(({ session }) => sessionEntry(session.id)),
    complete: true,
  }))
}

async function namedEffects(removal: Extract<Removal, { kind: 'named' }>): Promise<ManifestContent> {
  const { manifestPath, sessionId, resourceIds, uploadIds, sessionCleanup } = removal
  if (manifestPath !== undefined) return readManifest(manifestPath)
  const uploads = uploadIds.map((fileId): Effect => ({ kind: 'upload', name: fileId, mountPath: '', fileId }))
  if (sessionId === undefined) return { runKey: '', effects: uploads }
  const resources = resourceIds.map(
    (resourceId): Effect => ({ kind: 'resource', sessionId, mountPath: '', name: '', resourceId }),
  )
  const session = sessionCleanup === 'keep' ? [] : [sessionEntry(sessionId)]
  return { runKey: '', effects: [...uploads, ...session, ...resources] }
}

function runEntry(inputs: UnmountInputs, runKey: string, sessionCleanup: SessionCleanup): RunEntry {
  const { access, cleanupWaitMs, limits } = inputs
  return {
    kind: 'run',
    version: 3,
    runKey,
    startedAt: new Date().toISOString(),
    baseUrl: access.baseUrl.href,
    cleanup: 'always',
    onPartial: 'keep',
    sessionCleanup,
    cleanupWaitMs,
    concurrency: limits.concurrency,
    maxAttempts: limits.maxAttempts,
  }
}

async function takeAway(
  runner: Runner,
  ledgers: readonly Ledger[],
  { limits, cleanupWaitMs }: UnmountInputs,
  client: Client,
  stop: Stop,
): Promise<void> {
  const all = new Tally()
  for (const ledger of ledgers) {
    const { removed, kept, left } = await undo(ledger, {
      client,
      concurrency: limits.concurrency,
      stop,
      waitMs: cleanupWaitMs,
      log: (line) => runner.info(line),
    })
    all.removed.push(...removed)
    all.kept.push(...kept)
    all.left.push(...left)
  }
  setCounts(runner, all)
  reportUndone(runner, all)
  const run = ledgers[0]?.run
  if (all.left.length > 0 && run !== undefined) runner.fail(leftoverText(all.left, run, 'unmount-action'))
}

function setCounts(runner: Runner, { removed, left }: Undone): void {
  const counts: Record<(typeof UNMOUNT_OUTPUTS)[number], number> = {
    'removed-count': removed.length,
    'left-count': left.length,
  }
  for (const name of UNMOUNT_OUTPUTS) runner.output(name, String(counts[name]))
}

function named(effects: readonly Effect[]): string {
  return firstFew(
    effects.map((effect) => idOf(effect)),
    50,
  )
}

function idOf(effect: Effect): string {
  switch (effect.kind) {
    case 'upload':
      return effect.fileId ?? quoted(effect.name)
    case 'session':
      return effect.sessionId ?? 'a session'
    case 'resource':
    case 'removal':
      return effect.resourceId ?? quoted(effect.mountPath)
    case 'prompt':
      return effect.eventId ?? 'a prompt'
  }
}
