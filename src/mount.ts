import { count } from './amounts.ts'
import { type Applied, apply } from './apply.ts'
import { type DesiredFiles, desiredFiles } from './desired/files.ts'
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
import { connect, type Service } from './service.ts'

/**
 * Main: inputs → desired → observed → plan → apply → report. Sets the outputs in every case, and fails the step with
 * one message when not everything is mounted.
 */
export async function mount(runner: Runner, signal: AbortSignal): Promise<void> {
  setOutputs(runner, NO_OUTPUTS)
  let service: Service | undefined
  try {
    const inputs = readInputs(runner.input, runner.env)
    runner.secret(inputs.access.apiKey)
    const desired = await resolveFiles(runner, inputs)
    service = connect(inputs.access, inputs.concurrency, runner, signal)
    runner.info(`Using ${service.credential} at ${inputs.access.baseUrl.origin}`)
    const observed = await observe(service.client, inputs.target)
    const steps = plan({ target: inputs.target, files: desired.files, maxResources: inputs.maxResources }, observed)
    await runner.group('Plan', async () => printLines(runner, planLines(steps)))
    if (inputs.dryRun) runner.notice('Dry run: nothing was changed')
    else await carryOut(runner, inputs, steps, service)
  } catch (error) {
    runner.fail(explain(error, service?.credential))
  } finally {
    await service?.close()
  }
}

async function resolveFiles(runner: Runner, { files, maxResources }: Inputs): Promise<DesiredFiles> {
  const desired = await desiredFiles(files, maxResources)
  printLines(runner, desired.lines)
  for (const warning of desired.warnings) runner.warning(warning)
  return desired
}

async function carryOut(runner: Runner, inputs: Inputs, steps: Plan, service: Service): Promise<void> {
  const { access, cleanup, sessionCleanup, expiresInSeconds, concurrency } = inputs
  const runKey = newRunKey(runner.env)
  const ledger = new LedgerWriter(runner.saveState, {
    kind: 'run',
    version: 1,
    runKey,
    startedAt: new Date().toISOString(),
    baseUrl: access.baseUrl.href,
    cleanup,
    sessionCleanup,
  })
  const applied = await runner.group('Mount', () =>
    apply(steps, {
      client: service.client,
      ledger,
      runKey,
      expiresInSeconds,
      concurrency,
      progress: new Progress(steps, (line) => runner.info(line)),
    }),
  )
  const failure = applied.failure === undefined ? undefined : explain(applied.failure, service.credential)
  await report(runner, applied, runKey, failure)
  if (applied.failure !== undefined) throw applied.failure
}

async function report(runner: Runner, applied: Applied, runKey: string, failure: string | undefined): Promise<void> {
  const manifestPath = await writeManifest(runner, applied, runKey)
  const outputs = outputsOf(applied, manifestPath)
  setOutputs(runner, outputs)
  await runner.summary(summaryOf(applied, failure))
  const where = applied.sessionId === undefined ? '' : ` on session ${applied.sessionId} (${outputs['session-url']})`
  runner.info(`Mounted ${count(applied.mounted.length, 'file')}${where}`)
}

function printLines(runner: Runner, lines: readonly string[]): void {
  for (const line of lines) runner.info(line)
}
