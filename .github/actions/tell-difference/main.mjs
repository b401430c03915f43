// One issue, found by its title: whoever closes it has read it, and the next difference opens another.
import { existsSync, readFileSync } from 'node:fs'
import { request } from '../github.mjs'

const TITLE = 'The service differs from what we expect'
/** GitHub refuses a longer text. */
const MAX_BODY = 65_536

const { INPUT_FINDINGS: findingsFile, INPUT_LOG: logFile, INPUT_OUTCOMES: outcomes } = process.env
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = process.env

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** What is to be told; empty if all is as expected. */
function differences() {
  const findings = read(findingsFile)
  const { results = [], stopped, left = [] } = findings === '' ? { stopped: 'no findings' } : JSON.parse(findings)
  const failed = Object.entries(JSON.parse(outcomes)).filter(([, { outcome }]) => outcome === 'failure')
  return [
    ...results
      .filter(({ verdict }) => verdict === 'differs' || verdict === 'breaks us')
      .map(({ name, seen, verdict, otherwise }) => `\`${name}\` (${verdict}): ${seen}. ${otherwise}`),
    ...(stopped ? [`The questions were not all asked: ${stopped}`] : []),
    ...left.map((each) => `Could not be removed: ${each}`),
    ...failed.filter(([id]) => id !== 'conformance').map(([id]) => `The step \`${id}\` failed`),
  ]
}

function bodyOf(lines) {
  const run = `${server}/${repository}/actions/runs/${runId}`
  const text = `${lines.map((line) => `- ${line}`).join('\n')}\n\nSeen by ${run}\n\n${read(logFile)}`
  return text.slice(0, MAX_BODY)
}

async function tell(lines) {
  const open = await request('GET', 'issues?state=open&per_page=100')
  const found = open.find(({ title, pull_request }) => title === TITLE && pull_request === undefined)
  const body = bodyOf(lines)
  if (found === undefined) {
    const { number } = await request('POST', 'issues', { title: TITLE, body })
    console.log(`opened #${number}`)
  } else {
    await request('PATCH', `issues/${found.number}`, { body })
    console.log(`updated #${found.number}`)
  }
}

try {
  const lines = differences()
  if (lines.length === 0) console.log('all is as expected')
  else await tell(lines)
} catch (error) {
  console.log(`::error::${error.message}`)
  process.exitCode = 1
}
