import { connect, type Service } from './api/connect.ts'
import { interruptSession } from './api/sessions.ts'
import type { Prompt } from './api/user-event.ts'
import { type Applied, expectedOn } from './apply/applied.ts'
import { Applier } from './apply/apply.ts'
import { openingOf } from './converse/mount-context.ts'
import { type Desire, type Desired, type DiskTools, desire, packDesired } from './desired/desire.ts'
import { begin } from './inputs/begin.ts'
import { type Inputs, readInputs } from './inputs/mount-inputs.ts'
import { openRecord, type RunRecord } from './inputs/run-record.ts'
import type { LedgerWriter } from './ledger/writer.ts'
import { observe } from './observed/observed.ts'
import type { OnOwnFile } from './plan/diff-files.ts'
import { createsEmptySession, type Plan, plan, sendsUnpacked } from './plan/plan.ts'
import { judgeTurn } from './report/ending-text.ts'
import { explain } from './report/explain.ts'
import { reportMounted, reportTurn } from './report/mount-report.ts'
import { NOTHING_APPLIED, setOutputs } from './report/outputs.ts'
import { printPlan } from './report/plan-lines.ts'
import { postNotice } from './report/post-notice.ts'
import { Progress } from './report/progress.ts'
import { ReadLines } from './report/read-lines.ts'
import type { RunReport } from './report/summary.ts'
import { tokenWarning } from './report/token-warning.ts'
import { TurnLog } from './report/turn-log.ts'
import { unpackCommand } from './report/unpack-command.ts'
import type { Runner } from './runner/runner.ts'
import { ScratchFolder } from './runner/scratch-folder.ts'
import type { WorkflowEvent } from './runner/workflow-event.ts'
import type { Stop, Stopper } from './stop/stop.ts'
import { Refusal } from './text/refusal.ts'
import { archiveReplaced } from './undo/archive-replaced.ts'

interface Run {
  readonly runner: Runner
  readonly inputs: Inputs
  readonly disk: DiskTools
  readonly service: Service
  readonly stop: Stop
}

/**
 * Main: inputs → desired → observed → plan → apply → report, and then the prompt, if there is one. Sets the outputs in
 * every case. @throws what kept the run from mounting everything
 */
export async function mount(runner: Runner, stopper: Stopper): Promise<void> {
  setOutputs(runner, NOTHING_APPLIED)
  const begun = await begin(runner, stopper, readInputs, 'mounted')
  if (begun === undefined) return
  const { inputs, event, credential } = begun
  const record = inputs.dryRun ? undefined : openRecord(runner, inputs, credential, stopper)
  await using scratch = new ScratchFolder(runner.env)
  const progress = new ReadLines(runner.info)
  const disk = { env: runner.env, scratch, progress, signal: stopper.startNothingNew }
  const { desired: wanted, warnings, isNothing } = await findDesired(runner, inputs, event, disk)
  if (isNothing) {
    runner.notice('Skipped: `files` is an empty list, and there is nothing else to mount')
    return
  }
  await using service = await connect(inputs.access.baseUrl, credential, inputs.limits, runner, stopper)
  runner.info(`Using ${service.credential} at ${inputs.access.baseUrl.origin}`)
  const run = { runner, inputs, disk, service, stop: stopper }
  const { steps, desired } = await planSteps(run, wanted, 'replace')
  if (createsEmptySession(steps) && desired.prompt === undefined) {
    runner.notice('Skipped: no files were found, and there is nothing else to mount. No session was created')
    return
  }
  if (record === undefined) {
    runner.notice('Dry run: nothing was changed')
    return
  }
  const story = await applyPlan(run, record, desired, steps, [...warnings, ...steps.warnings])
  await archiveOld(run, story.applied, record.ledger)
  await converseWithAgent(run, desired, story, record.ledger)
}

async function findDesired(runner: Runner, inputs: Inputs, event: WorkflowEvent, disk: DiskTools): Promise<Desire> {
  const found = await desire(inputs, event, disk)
  for (const line of found.lines) runner.info(line)
  for (const notice of found.notices) runner.notice(notice)
  for (const warning of found.warnings) runner.warning(warning)
  disk.signal.throwIfAborted()
  return found
}

/** Plans, and packs the archive where the plan turns out to send it. The plan is for the desired state that comes with it. */
async function planSteps({ runner, inputs, disk, service }: Run, wanted: Desired, onOwnFile: OnOwnFile) {
  const observed = await observe(service.client, wanted)
  const first = plan(wanted, observed, onOwnFile)
  const isPacking = sendsUnpacked(first) && !inputs.dryRun
  const desired = isPacking ? await packDesired(wanted, disk) : wanted
  const steps = isPacking ? plan(desired, observed, onOwnFile) : first
  await printPlan(runner, steps)
  for (const warning of steps.warnings) runner.warning(warning)
  return { steps, desired }
}

/** @throws what kept the run from mounting everything; what it has done by then is reported */
async function applyPlan(
  run: Run,
  record: RunRecord,
  desired: Desired,
  steps: Plan,
  warnings: readonly string[],
): Promise<RunReport> {
  const { runner, inputs, service, stop } = run
  const { cleanup, expiresInSeconds, limits, githubToken } = inputs
  const warning = tokenWarning(inputs, steps)
  if (warning !== undefined) runner.warning(warning)
  const applier = new Applier({
    client: service.client,
    log: runner.info,
    progress: new Progress(steps, runner.info),
    concurrency: limits.concurrency,
    onPartial: cleanup.onPartial,
    sessionCleanup: cleanup.sessionCleanup,
    repositoryToken: githubToken,
    marked: { runKey: record.runKey, sweptBy: cleanup.cleanup === 'always' ? runner.env.GITHUB_REPOSITORY : undefined },
    opening: openingFor(inputs, desired),
    ...record,
    expiresInSeconds,
    stop,
  })
  const applied = await runner.group('Mount', () => applyUntilWon(run, applier, desired, steps))
  const failure = applied.failure === undefined ? undefined : explain(applied.failure)
  const story = { applied, warnings, failure, turn: undefined }
  await reportMounted(runner, story, record.runKey)
  if (applied.failure === undefined) return story
  // Nobody will read what the agent answers.
  if (applied.opening !== undefined) await interruptSession(service.client, applied.sessionId ?? '').catch(() => {})
  throw applied.failure
}

/** What a new session can be told in the call that creates it. */
function openingFor({ conversation }: Inputs, desired: Desired): Prompt | undefined {
  if (conversation === undefined) return undefined
  const applied = expectedOn(desired)
  const context = { applied, memoryStorePaths: [], unpackCommand: unpackCommand(applied) }
  return openingOf(desired, conversation.mountContext ? context : undefined)
}

/** Times that a run switches to a session that another job created first under the same name. */
const MAX_RACES = 5

/** Carries the plan out; after a lost race for the session's name, a new plan for the session that was first. */
async function applyUntilWon(run: Run, applier: Applier, desired: Desired, steps: Plan): Promise<Applied> {
  let applied = await applier.apply(steps)
  for (let races = 1; applied.winner !== undefined; races++) {
    const winner = applied.winner.id
    if (races > MAX_RACES) {
      const failure = new Error(`session ${winner} of this name kept disappearing; run the job again`)
      return { ...applied, failure, winner: undefined }
    }
    run.runner.info(`Another job created session ${winner} of this name first; using that one`)
    try {
      const { steps: again } = await planSteps(run, desired, 'refuse')
      applied = await applier.apply(again)
    } catch (error) {
      // Refused, but not before the first change, as a refusal would say.
      const failure = error instanceof Refusal ? new Error(error.message, { cause: error }) : error
      return { ...applied, failure, winner: undefined }
    }
  }
  return applied
}

/** That an old session is still live is no reason to fail: the name means the new one. */
async function archiveOld({ runner, service, stop }: Run, { replaces }: Applied, ledger: LedgerWriter): Promise<void> {
  const error = await archiveReplaced(replaces, { client: service.client, ledger, stop, log: runner.info })
  if (error !== undefined) runner.warning(`${explain(error)}\nThe post step tries again.`)
}

/** Tells the agent what it is to do, and waits for it, as far as that is asked for. */
async function converseWithAgent(run: Run, { prompt }: Desired, story: RunReport, ledger: LedgerWriter): Promise<void> {
  const { runner, inputs, service, stop } = run
  const { conversation, memoryStores, cleanup, target } = inputs
  const { applied } = story
  if (conversation === undefined || applied.sessionId === undefined) return
  // Loaded here, so that a run which only mounts starts as fast as before.
  const { converse } = await import('./converse/converse.ts')
  const asked = {
    ...conversation,
    prompt,
    budgetCents: inputs.budgetCents,
    sessionId: applied.sessionId,
    isShared: !applied.sessionCreated || target.kind !== 'new',
    applied,
    memoryStoreIds: memoryStores.map(({ id }) => id),
    unpackCommand: unpackCommand(applied),
  }
  const context = { client: service.client, ledger, stop, log: runner.info, listener: new TurnLog(runner) }
  const result = await converse(asked, context)
  const { failure, notes } = judgeTurn(asked, result)
  for (const note of notes) runner.warning(note)
  await reportTurn(runner, { ...story, warnings: [...story.warnings, ...notes], turn: result.turn, failure })
  if (failure !== undefined) throw new Error(failure, { cause: result.error })
  const notice = conversation.waitSeconds === undefined ? postNotice(cleanup, applied) : undefined
  if (notice !== undefined) runner.notice(notice)
}
