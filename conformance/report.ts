import type { Finding, Verdict } from './question.ts'
import type { Report } from './run.ts'

const MARKS: Readonly<Record<Verdict, string>> = {
  'as expected': '✓',
  differs: '≠',
  'breaks us': '✗',
  'not known before': '?',
  'not asked': '–',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 200)

/** As Markdown, so that it can be pasted into an issue. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ question, seen, verdict }) =>
    [
      `${MARKS[verdict]} ${question.name}`,
      question.ask,
      question.expected.length === 0 ? 'not known' : question.expected.join(' or '),
      seen,
      meaningOf({ question, seen, verdict }),
    ]
      .map(cell)
      .join(' | '),
  )
  const head = ['Question', 'What is asked', 'Expected by us', 'Seen', 'What it means for us'].join(' | ')
  return ['', head, '--- | --- | --- | --- | ---', ...rows].map((row) => (row === '' ? '' : `| ${row} |`)).join('\n')
}

function meaningOf({ question, verdict }: Finding): string {
  switch (verdict) {
    case 'as expected':
      return ''
    case 'not asked':
      return 'not asked'
    case 'not known before':
      return `to be noted: ${question.otherwise}`
    default:
      return question.otherwise
  }
}

export function summaryOf({ findings, left, stopped }: Report, requests: number): string {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length
  const lines = [
    `${findings.length} questions, ${requests} requests: ${count('as expected')} as expected (✓), ${count('differs')} different in what we get along with (≠), ${count('breaks us')} different in what we rely on (✗), ${count('not known before')} not known before (?), ${count('not asked')} not asked (–).`,
    left.length === 0
      ? 'Everything that was made is removed.'
      : `Could not remove ${left.join(', ')}. Delete them by hand.`,
  ]
  return [...lines, ...(stopped === undefined ? [] : [`Stopped: ${stopped}.`])].join('\n')
}

/** For programs. */
export function jsonOf({ findings, left, stopped }: Report, requests: number, baseUrl: string): string {
  const results = findings.map(({ question, seen, verdict }) => {
    const { name, ask, expected, isRelied, otherwise } = question
    return { name, ask, expected, seen, verdict, relied: isRelied, otherwise }
  })
  const report = { server: baseUrl, at: new Date().toISOString(), requests, stopped: stopped ?? null, left, results }
  return `${JSON.stringify(report, undefined, 2)}\n`
}
