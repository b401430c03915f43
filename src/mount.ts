import { count, listed } from './amounts.ts'
import type { Client } from './api/client.ts'
import type { Applied, Change } from './applied.ts'
import { Application } from './apply.ts'
import { type Desired, desire } from './desired/desire.ts'
import { Refusal } from './desired/refusal.ts'
import { readEvent, type WorkflowEvent } from './desired/repository/event.ts'
import { type Inputs, readInputs } from './inputs/inputs.ts'
import { timeOver } from './inputs/pace.ts'
import { LedgerWriter } from './ledger.ts'
import { observe } from './observed.ts'
import { type Plan, plan } from './plan.ts'
import type { OccupiedRule } from './refresh.ts'
import { explain } from './report/explain.ts'
import { writeManifest } from './report/manifest.ts'
import { NO_OUTPUTS, outputsOf, setOutputs, setTurnOutputs } from './report/outputs.ts'
import { planLines } from './report/plan-lines.ts'
import { Progress } from './report/progress.ts'
import { summaryOf } from './report/summary.ts'
import { unpackCommand } from './report/unpack-command.ts'
import { newRunKey } from './run-key.ts'
import type { Runner } from './runner.ts'
import { ScratchFolder } from './scratch-folder.ts'
import { maskSecrets } from './secrets.ts'
import { connect, type Service } from './service.ts'
import type { Stop, Stopper } from './stop-signal.ts'

/**
 * Main: inputs → desired → observed → plan → apply → report. Sets the outputs in every case, and fails the step with
 * one message when not everything is mounted.
 */
export async function mount(runner: Runner, stopper: Stopper): Promise<void> {
  let service: Service | undefined
  const scratch = new ScratchFolder(runner.env)
  try {
    maskSecrets(runner)
    setOutputs(runner, NO_OUTPUTS)
    const event = await readEvent(runner.env)
    const inputs = readInputs(runner.input, runner.env, event)
    const { access, pace } = inputs
    stopper.after(pace.timeoutMs, timeOver(pace))
    if (access.credential.kind === 'skip') {
      runner.notice(`${access.credential.why}: nothing is mounted, as \`if-no-credentials: skip\` says`)
      return
    }
    const desired = await findOut(runner, inputs, event, scratch, stopper.soon)
    stopper.soon.throwIfAborted()
    service = await connect(access.baseUrl, access.credential, pace, runner, stopper)
    runner.info(`Using ${service.credential} at ${access.baseUrl.origin}`)
    const steps = await findSteps(runner, desired, service)
    if (inputs.dryRun) runner.notice('Dry run: nothing was changed')
    else {
      const applied = await carryOut(runner, inputs, desired, steps, service, stopper)
      await talk(runner, inputs, desired, applied, service.client, stopper.soon)
    }
  } catch (error) {
    runner.fail(explain(error, service?.credential))
  } finally {
    await service?.close()
    await scratch.remove()
  }
}

async function findOut(
  runner: Runner,
  inputs: Inputs,
  event: WorkflowEvent,
  scratch: ScratchFolder,
  signal: AbortSignal,
): Promise<Desired> {
  const { desired, lines, warnings } = await desire(inputs, event, runner.env, scratch, signal)
  printLines(runner, lines)
  for (const warning of warnings) runner.warning(warning)
  return desired
}

async function findSteps(
  runner: Runner,
  desired: Desired,
  { client }: Service,
  occupied: OccupiedRule = 'is-refreshed',
): Promise<Plan> {
  const steps = plan(desired, await observe(client, desired), occupied)
  await runner.group('Plan', async () => printLines(runner, planLines(steps)))
  for (const warning of steps.warnings) runner.warning(warning)
  return steps
}

async function carryOut(
  runner: Runner,
  inputs: Inputs,
  desired: Desired,
  steps: Plan,
  service: Service,
  stop: Stop,
): Promise<Applied> {
  const { access, cleanup, expiresInSeconds, pace, githubToken } = inputs
  const { client, credential } = service
  warnOfShortLivedToken(runner, inputs, steps)
  const runKey = newRunKey(runner.env)
  const startedAt = new Date()
  const ledger = new LedgerWriter(runner.saveState, {
    kind: 'run',
    version: 2,
    runKey,
    startedAt: startedAt.toISOString(),
    baseUrl: access.baseUrl.href,
    ...cleanup,
    concurrency: pace.concurrency,
    maxAttempts: pace.maxAttempts,
  })
  const progress = new Progress(steps, (line) => runner.info(line))
  const run = new Application({
    ...{ client, ledger, runKey, startedAt, expiresInSeconds, progress, stop },
    concurrency: pace.concurrency,
    onPartial: cleanup.onPartial,
    sessionCleanup: cleanup.sessionCleanup,
    repositoryToken: githubToken,
  })
  const applied = await runner.group('Mount', () => applyUntilWon(runner, run, desired, steps, service))
  const failure = applied.failure === undefined ? undefined : explain(applied.failure, credential)
  await report(runner, applied, runKey, failure)
  if (applied.failure !== undefined) throw applied.failure
  return applied
}

/** Tells the agent what it is to do, and waits for it, as far as that is asked for. */
async function talk(
  runner: Runner,
  { conversation, memoryStores }: Inputs,
  { prompt }: Desired,
  applied: Applied,
  client: Client,
  signal: AbortSignal,
): Promise<void> {
  const { sessionId } = applied
  if (conversation === undefined || sessionId === undefined) return
  // Loaded here, so that a run which only mounts starts as fast as before.
  const { converse } = await import('./converse.ts')
  const memoryStoreIds = memoryStores.map(({ id }) => id)
  const asked = {
    ...conversation,
    prompt: prompt?.text,
    sessionId,
    applied,
    memoryStoreIds,
    unpackCommand: unpackCommand(applied) || undefined,
  }
  const { turn, failure } = await converse(asked, { client, runner, signal })
  if (turn !== undefined) setTurnOutputs(runner, turn)
  if (failure !== undefined) throw failure
}

/** Refused, but not before the first change. */
function afterUploads(error: unknown): never {
  throw error instanceof Refusal ? new Error(error.message, { cause: error }) : error
}

/** How often a run whose session of a name turns out not to be the first one goes on with the one that is. */
const MAX_RACES = 5

/** Carries the plan out; after a lost race for the session's name, a new plan for the session that was first. */
async function applyUntilWon(
  runner: Runner,
  run: Application,
  desired: Desired,
  steps: Plan,
  service: Service,
): Promise<Applied> {
  let applied = await run.apply(steps)
  for (let races = 1; applied.lostRace !== undefined; races++) {
    if (races > MAX_RACES) {
      throw new Error(`session ${applied.lostRace.id} of this name went away again and again; run the job again`)
    }
    runner.info(`Another job created the session ${applied.lostRace.id} of this name first; going on with that`)
    applied = await run.apply(await findSteps(runner, desired, service, 'is-conflict').catch(afterUploads))
  }
  return applied
}

/** The workflow's own token (`ghs_`) is revoked when the job ends; the session may clone again after that. */
function warnOfShortLivedToken(runner: Runner, inputs: Inputs, steps: Plan): void {
  const uses = steps.steps.some(
    (step) => step.kind === 'rotate-token' || (step.kind === 'create-session' && step.repository !== undefined),
  )
  const outlives =
    steps.sessionId !== undefined || inputs.cleanup.cleanup !== 'always' || inputs.cleanup.sessionCleanup === 'keep'
  if (!uses || !outlives || inputs.githubToken?.startsWith('ghs_') !== true) return
  runner.warning(
    'The session outlives this job, but the token that it clones with is the workflow’s own, which dies with the job. Pass a personal or GitHub App token as `github-token`, or renew it from a later job: the same `repository` and checkout with this `session-id`.',
  )
}

async function report(runner: Runner, applied: Applied, runKey: string, failure: string | undefined): Promise<void> {
  const manifestPath = await writeManifest(runner, applied, runKey)
  const outputs = outputsOf(applied, manifestPath)
  setOutputs(runner, outputs)
  await runner.summary(summaryOf(applied, failure))
  const where = applied.sessionId === undefined ? '' : ` on session ${applied.sessionId} (${outputs['session-url']})`
  const { mounted, repository } = applied
  const files = mounted.length > 0 || repository === undefined ? count(mounted.length, 'file') : undefined
  runner.info(`Mounted ${listed([files, repository?.repository.url])}${where}${changesText(applied)}`)
}

/** What is different from what was there: ` (3 added, 2 replaced, 495 unchanged)`; nothing where all was added. */
function changesText({ mounted, removed }: Applied): string {
  const of = (change: Change) => mounted.filter((each) => each.change === change).length
  const parts = [
    ...(['added', 'replaced', 'unchanged'] as const).map((change) => [of(change), change] as const),
    [removed.length, 'taken off'] as const,
  ].filter(([number]) => number > 0)
  if (parts.every(([, change]) => change === 'added')) return ''
  return ` (${parts.map(([number, change]) => `${number} ${change}`).join(', ')})`
}

function printLines(runner: Runner, lines: readonly string[]): void {
  for (const line of lines) runner.info(line)
}
