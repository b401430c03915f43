import { annotations } from '../harness/annotation.ts'
import { isPostStruck } from './case.ts'
import { type Holdings, holdings, keyOf, type Resource, runKeyOf } from './holdings.ts'
import type { Evidence } from './play.ts'

/** What post says that is not so: names of what is not there, counts of what never was. */
export function untruths(evidence: Evidence): readonly string[] {
  const warning = annotations(evidence.post, 'warning').join('\n')
  return [...namesOfNothing(evidence, warning), ...wrongCounts(warning), ...removedTooMany(evidence)]
}

/** One line for each reason: `- name, name: reason`. */
function linesOf(warning: string): readonly string[] {
  return warning.split('\n').filter((line) => line.startsWith('- '))
}

function namesIn(line: string): readonly string[] {
  return line.slice(2).split(': ')[0]?.split(', ') ?? []
}

function namesOfNothing({ case: each, before, afterPost }: Evidence, warning: string): readonly string[] {
  // Of what main lost, post may not have been able to find out.
  const isBlind = each.second !== undefined && isPostStruck(each)
  const held = holdings(before, afterPost)
  const there = new Set([
    ...afterPost.files.map(({ id }) => id),
    ...afterPost.sessions.flatMap(({ id, resources }) => [id, ...resources.map(keyOf)]),
  ])
  // In the lines and in the commands.
  const ids = [...warning.matchAll(/\b(?:file|sesn|sesrsc)_\w+/g)].map(([id]) => id)
  return [
    ...[...new Set(ids)].filter((id) => !there.has(id)).map((id) => `post: names ${id}, which is not there`),
    ...linesOf(warning)
      .flatMap(namesIn)
      .filter((name) => !isBlind && !isThere(name, held))
      .map((name) => `post: says that ${name} may be there, which is not`),
  ]
}

/** Of what has no id in the warning. */
function isThere(name: string, { uploads, sessions, resources }: Holdings): boolean {
  const upload = /^upload "(.*)"$/.exec(name)?.[1]
  if (upload !== undefined) return uploads.some(({ filename }) => filename === upload)
  const key = /^a session of agent .*=(.*)$/.exec(name)?.[1]
  if (key !== undefined) return sessions.some((session) => runKeyOf(session) === key)
  const path = /^the file at "(.*)" of session/.exec(name)?.[1]
  const isAt = (resource: Resource) => resource.type === 'file' && resource.mount_path.endsWith(path ?? '')
  return path === undefined || [...resources, ...sessions.flatMap((session) => session.resources)].some(isAt)
}

/** The headline counts things, each of which is named once. */
function wrongCounts(warning: string): readonly string[] {
  const names = linesOf(warning).flatMap(namesIn)
  if (names.length === 0) return []
  const [, left, more, maybe] =
    /^(?:Could not remove (\d+) items?.*?(?:, and (\d+) more may still be there)?|(\d+) items? of this step .*):$/m.exec(
      warning,
    ) ?? []
  const said = [left, more, maybe].reduce((sum, number) => sum + Number(number ?? 0), 0)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...(said === names.length ? [] : [`post: says ${said} and names ${names.length}: ${warning.slice(0, 300)}`]),
    ...twice.map((name) => `post: names ${name} twice`),
  ]
}

/** Not more can be removed than there was. */
function removedTooMany({ before, afterMain, post, run }: Evidence): readonly string[] {
  const line = /^Removed (.*)$/m.exec(post.stdout)?.[1] ?? ''
  const held = holdings(before, afterMain)
  const onSessions = held.sessions.flatMap((session) => session.resources.filter(({ type }) => type === 'file'))
  const most = {
    'mounted file': held.resources.length + onSessions.length,
    session: held.sessions.length + (run.follows === 'replaced' ? 1 : 0),
    upload: held.uploads.length,
  }
  return Object.entries(most).flatMap(([noun, number]) => {
    const said = Number(new RegExp(`(\\d+) ${noun}s?\\b`).exec(line)?.[1] ?? 0)
    return said <= number ? [] : [`post: says that it removed ${said} of ${number} (${noun})`]
  })
}
