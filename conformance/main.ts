/**
 * Asks a server of the API what we rely on and what is disputed or unknown, with small files and within a budget of requests,
 * and removes what it has made. Ends with 1 where we rely on something that is not so, with 2 where nothing could be asked.
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Lab } from './lab.ts'
import { checkReady, NotReadyError } from './ready.ts'
import { jsonOf, summaryOf, tableOf } from './report.ts'
import { questionsFor, run } from './run.ts'
import { Server } from './server.ts'

const DEFAULT_BUDGET = 300

const USAGE = `Usage: npm run conformance -- --agent ID --environment ID [options]
  The key is read from ANTHROPIC_API_KEY.
  --base-url URL      the server to ask (default: ANTHROPIC_BASE_URL, else https://api.anthropic.com)
  --agent ID          an agent for the sessions that are made
  --environment ID    an environment for them
  --vault ID          a vault, to see that sessions can have it
  --with-agent        also ask what takes two short turns of the agent, which cost a few cents; nothing else calls a model
  --max-requests N    how many requests to send at most, those that clean up not counted (default: ${DEFAULT_BUDGET})
  --json FILE         also write the findings there`

function readArguments() {
  const { values } = parseArgs({
    options: {
      'base-url': { type: 'string', default: process.env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com' },
      agent: { type: 'string' },
      environment: { type: 'string' },
      vault: { type: 'string' },
      'with-agent': { type: 'boolean', default: false },
      'max-requests': { type: 'string', default: String(DEFAULT_BUDGET) },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return values
}

async function main(): Promise<number> {
  const values = readArguments()
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const { agent, environment, vault, 'base-url': baseUrl, json } = values
  const key = process.env.ANTHROPIC_API_KEY?.trim() ?? ''
  if (agent === undefined || environment === undefined)
    throw new NotReadyError(`--agent and --environment are required\n${USAGE}`)
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl))
    throw new NotReadyError(`--base-url: ${JSON.stringify(baseUrl)} is not an http or https address`)
  if (!/^[1-9]\d*$/.test(values['max-requests']))
    throw new NotReadyError('--max-requests: a whole number above 0 is expected')
  if (key === '') throw new NotReadyError('ANTHROPIC_API_KEY is not set; set it to a key of the workspace to ask')

  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  // SIGBREAK is Ctrl+Break on Windows.
  for (const signal of ['SIGTERM', 'SIGBREAK'] as const) process.once(signal, () => stop.abort())
  const server = new Server(baseUrl, key, Number(values['max-requests']), stop.signal)
  const lab = new Lab(server, { agent, environment, vault }, randomBytes(4).toString('hex'))
  await checkReady(lab, baseUrl)
  console.log(`Asking ${baseUrl} with at most ${values['max-requests']} requests. What is made is called ${lab.mark}.`)
  const report = await run(lab, questionsFor(lab, values['with-agent']), stop.signal, ({ question, seen, verdict }) => {
    if (verdict !== 'as expected') console.log(`  ${question.name}: ${seen} (${verdict})`)
  })
  console.log(`${tableOf(report.findings)}\n\n${summaryOf(report, server.requests)}`)
  if (json !== undefined) writeFileSync(json, jsonOf(report, server.requests, baseUrl))
  if (report.stopped !== undefined || report.left.length > 0) return stop.signal.aborted ? 130 : 2
  return report.findings.some(({ verdict }) => verdict === 'breaks us') ? 1 : 0
}

process.exitCode = await main().catch((error: unknown) => {
  const isOurs = error instanceof NotReadyError || (error instanceof TypeError && 'code' in error)
  console.error(isOurs ? error.message : error)
  return 2
})
