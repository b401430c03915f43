import { isAtRest } from '../api/session-status.ts'
import type { Choice } from '../download/choose.ts'
import type { FetchResult } from '../download/fetch.ts'
import type { SettleResult } from '../download/list-outputs.ts'
import { isKeptFromGit } from '../download/safe-path.ts'
import type { Selection } from '../download/select.ts'
import { quote } from '../text/escape.ts'
import { count, formatBytes, truncateList } from '../text/format.ts'
import { systemErrorText } from '../text/system-error.ts'
import { nextStep } from './explain.ts'

const MOST_FAILURES = 10

/** The plan of a download, as lines for the log. */
export function downloadPlanLines(settled: SettleResult, selection: Selection, folder: string): readonly string[] {
  const { made, copies, foreign } = settled
  const { choices, hidden, unnamed } = selection
  const total = choices.reduce((sum, { file }) => sum + (file.size_bytes ?? 0), 0)
  const left = [
    [copies, 'is a copy of what was mounted', 'are copies of what was mounted'],
    [foreign, 'belongs to another session', 'belong to another session'],
    [
      made.length - choices.length - hidden.length - unnamed.length,
      'is not among the `patterns`',
      'are not among the `patterns`',
    ],
  ] as const
  return [
    `Plan: download ${count(choices.length, 'file')} (${formatBytes(total)}) to ${quote(folder)}`,
    ...choices.map(choiceLine),
    ...left.flatMap(([number, one, many]) =>
      number === 0 ? [] : [`  left out: ${count(number, 'file')}, which ${number === 1 ? one : many}`],
    ),
  ]
}

function choiceLine({ file, path }: Choice): string {
  const size = file.size_bytes === undefined ? '' : ` (${formatBytes(file.size_bytes)})`
  return file.filename === path ? `  ${quote(path)}${size}` : `  ${quote(file.filename ?? '')} → ${quote(path)}${size}`
}

/** Warning about files whose session the server does not name; undefined if there are none. */
export function unscopedText({ unscoped }: SettleResult): string | undefined {
  if (unscoped === 0) return undefined
  return `The service does not say whose files it lists (${count(unscoped, 'file')}): if it has ignored the filter by session, files of other sessions are among them.`
}

/** Warning that files may be missing; undefined if the session is idle and the list steady. */
export function unsettledText({ status, steady }: SettleResult): string | undefined {
  if (!isAtRest(status)) {
    return `The session is ${status}: files that its agent writes from now on are not downloaded. Run this step once the session is idle, or raise \`settle-timeout\`.`
  }
  return steady
    ? undefined
    : 'Files were still appearing when `settle-timeout` ran out; there may be more. Raise it, or run the step again.'
}

/** Warnings about files that are skipped or renamed. */
export function selectionTexts({ choices, hidden, unnamed }: Selection): readonly string[] {
  const renamed = choices.filter(({ file }) => isKeptFromGit(file.filename ?? ''))
  const names = (files: readonly Choice[]) => truncateList(files.map(({ path }) => quote(path)))
  return [
    hidden.length > 0 &&
      `Skipped ${count(hidden.length, 'hidden file')}: ${names(hidden)}. Set \`include-hidden-files: true\` to download them.`,
    unnamed.length > 0 &&
      `Skipped ${count(unnamed.length, 'file')} that later steps might act on: ${names(unnamed)}. Set \`path\` to a separate folder, or name each file in \`patterns\` and set \`overwrite: true\`.`,
    renamed.length > 0 &&
      `Renamed ${count(renamed.length, 'file')} that git or GitHub would act on: ${truncateList(renamed.map(({ file, path }) => `${quote(file.filename ?? '')} → ${quote(path)}`))}`,
  ].filter((text) => text !== false)
}

export function nothingFoundText({ made }: SettleResult, { hidden, unnamed }: Selection, sessionId: string): string {
  if (made.length === 0) {
    return `session ${sessionId} holds no file that its agent made; agents leave them in /mnt/session/outputs`
  }
  const skipped = hidden.length + unnamed.length
  return skipped > 0
    ? `${count(skipped, 'file')} of session ${sessionId} ${skipped === 1 ? 'was' : 'were'} skipped, and there are no others`
    : `none of the ${count(made.length, 'file')} that the agent of session ${sessionId} made is among the \`patterns\`: ${truncateList(made.map(({ filename }) => quote(filename ?? '')))}`
}

/** The error of a step that has not downloaded everything; undefined if it has. */
export function failureText({ failed, untried }: FetchResult): string | undefined {
  const [first] = failed
  if (first === undefined) return undefined
  const lines = failed.slice(0, MOST_FAILURES).map(({ choice, error }) => {
    return `- ${quote(choice.path)} (${choice.file.id}): ${systemErrorText(error)}`
  })
  const more = failed.length - lines.length
  const next = first.error instanceof Error ? nextStep(first.error) : undefined
  return [
    `${count(failed.length, 'file')} could not be downloaded:`,
    ...lines,
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(untried > 0 ? [`${count(untried, 'more file')} ${untried === 1 ? 'was' : 'were'} not tried.`] : []),
    ...(next === undefined ? [] : [next]),
  ].join('\n')
}
