import { proxySecrets } from '../api/proxy.ts'
import { SECRET_INPUTS } from '../inputs/credential.ts'
import { explain } from '../report/explain.ts'
import { googleCredentials } from '../runner/google-credentials.ts'
import { githubRunner, type Runner } from '../runner/runner.ts'
import { SECRET_VARIABLES } from '../runner/secret-variables.ts'
import { Stopper } from '../stop/stop.ts'
import { optimizeParserLate } from './v8.ts'

/** An action's work. The error that it throws is the one error of the step. */
type Flow = (runner: Runner, stopper: Stopper) => Promise<void>

/** Runs a flow whose errors fail the step. */
export function runStep(flow: Flow): Promise<void> {
  return runFlow(flow, 1, (runner, text) => runner.fail(text))
}

/** Runs a flow that must not fail the job, as post. */
export function runPostStep(flow: Flow): Promise<void> {
  return runFlow(flow, 0, (runner, text) => runner.warning(`Cleanup failed: ${text}`))
}

/**
 * The boundary between a flow and its process: secrets are hidden before anything is printed, signals stop the flow,
 * and whatever goes wrong is told once, without a stack, in which foreign text can stand.
 * @param exitCode of a process that has to be ended early
 */
async function runFlow(flow: Flow, exitCode: 0 | 1, report: (runner: Runner, failure: string) => void): Promise<void> {
  optimizeParserLate()
  const runner = githubRunner()
  for (const secret of secretsOf(runner)) runner.secret(secret)
  runner.debug(`Node ${process.version} on ${process.platform}`)
  let isOver = false
  const finish = (failure?: string) => {
    if (isOver) return
    isOver = true
    if (failure !== undefined) report(runner, failure)
    exit()
  }
  onUncaught((error) => finish(`Unexpected error, please report it: ${explain(error)}`))
  await flow(runner, Stopper.onSignals(exitCode)).then(
    () => finish(),
    (error: unknown) => finish(explain(error)),
  )
}

function secretsOf({ input, env }: Runner): readonly string[] {
  const inputs = SECRET_INPUTS.map(input)
  const variables = SECRET_VARIABLES.map((name) => env[name] ?? '')
  return [...inputs, ...variables, ...(googleCredentials(env)?.secrets ?? []), ...proxySecrets(env)]
}

function onUncaught(listener: (error: unknown) => void): void {
  process.on('uncaughtException', listener).on('unhandledRejection', listener)
  // Node's own listener prints past `process.stderr`.
  process.removeAllListeners('warning').on('warning', ({ message }) => process.stderr.write(`${message}\n`))
}

/**
 * Ends the process as soon as its output is out. Left to itself, Node waits for sockets and threads that nobody needs
 * any more, and takes its engine apart, for 20 ms and more.
 */
function exit(): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}
