import { count, listed } from './amounts.ts'
import type { Applied } from './applied.ts'
import { apply } from './apply.ts'
import { type Desired, desire } from './desired/desire.ts'
import { readEvent, type WorkflowEvent } from './desired/repository/event.ts'
import { type Inputs, readInputs } from './inputs/inputs.ts'
import { LedgerWriter } from './ledger.ts'
import { observe } from './observed.ts'
import { type Plan, plan } from './plan.ts'
import { explain } from './report/explain.ts'
import { writeManifest } from './report/manifest.ts'
import { NO_OUTPUTS, outputsOf, setOutputs } from './report/outputs.ts'
import { planLines } from './report/plan-lines.ts'
import { Progress } from './report/progress.ts'
import { summaryOf } from './report/summary.ts'
import { newRunKey } from './run-key.ts'
import type { Runner } from './runner.ts'
import { maskSecrets } from './secrets.ts'
import { connect, type Service } from './service.ts'

/**
 * Main: inputs → desired → observed → plan → apply → report. Sets the outputs in every case, and fails the step with
 * one message when not everything is mounted.
 */
export async function mount(runner: Runner, signal: AbortSignal): Promise<void> {
  let service: Service | undefined
  try {
    maskSecrets(runner)
    setOutputs(runner, NO_OUTPUTS)
    const event = await readEvent(runner.env)
    const inputs = readInputs(runner.input, runner.env, event)
    const { access } = inputs
    if (access.credential.kind === 'skip') {
      runner.notice(`${access.credential.why}: nothing is mounted, as \`if-no-credentials: skip\` says`)
      return
    }
    const desired = await findOut(runner, inputs, event)
    service = await connect(access.baseUrl, access.credential, inputs.concurrency, runner, signal)
    runner.info(`Using ${service.credential} at ${access.baseUrl.origin}`)
    const observed = await observe(service.client, inputs.target)
    const steps = plan(desired, observed)
    await runner.group('Plan', async () => printLines(runner, planLines(steps)))
    if (inputs.dryRun) runner.notice('Dry run: nothing was changed')
    else await carryOut(runner, inputs, steps, service)
  } catch (error) {
    runner.fail(explain(error, service?.credential))
  } finally {
    await service?.close()
  }
}

async function findOut(runner: Runner, inputs: Inputs, event: WorkflowEvent): Promise<Desired> {
  const { desired, lines, warnings } = await desire(inputs, event, runner.env)
  printLines(runner, lines)
  for (const warning of warnings) runner.warning(warning)
  return desired
}

async function carryOut(runner: Runner, inputs: Inputs, steps: Plan, service: Service): Promise<void> {
  const { access, cleanup, sessionCleanup, expiresInSeconds, concurrency } = inputs
  warnOfShortLivedToken(runner, inputs, steps)
  const runKey = newRunKey(runner.env)
  const startedAt = new Date()
  const ledger = new LedgerWriter(runner.saveState, {
    kind: 'run',
    version: 1,
    runKey,
    startedAt: startedAt.toISOString(),
    baseUrl: access.baseUrl.href,
    cleanup,
    sessionCleanup,
  })
  const applied = await runner.group('Mount', () =>
    apply(steps, {
      client: service.client,
      ledger,
      runKey,
      startedAt,
      expiresInSeconds,
      concurrency,
      repositoryToken: inputs.githubToken,
      progress: new Progress(steps, (line) => runner.info(line)),
    }),
  )
  const failure = applied.failure === undefined ? undefined : explain(applied.failure, service.credential)
  await report(runner, applied, runKey, failure)
  if (applied.failure !== undefined) throw applied.failure
}

/** The workflow's own token (`ghs_`) is revoked when the job ends; the session may clone again after that. */
function warnOfShortLivedToken(runner: Runner, inputs: Inputs, steps: Plan): void {
  const uses = steps.steps.some(
    (step) => step.kind === 'rotate-token' || (step.kind === 'create-session' && step.repository !== undefined),
  )
  const outlives = steps.sessionId !== undefined || inputs.cleanup !== 'always' || inputs.sessionCleanup === 'keep'
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
  runner.info(`Mounted ${listed([files, repository?.repository.url])}${where}`)
}

function printLines(runner: Runner, lines: readonly string[]): void {
  for (const line of lines) runner.info(line)
}
