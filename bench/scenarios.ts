import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { Course } from './course.ts'
import { type Heat, KB, MB } from './heat.ts'
import { bareRequests, existingSession, existingSessionByCurl, largeFile, newSession } from './heats/mounting.ts'
import { refresh } from './heats/refreshing.ts'
import { postWithNothing, startUp } from './heats/starting.ts'
import { archiveOnly, manyFiles, prunedTree } from './heats/trees.ts'

/** The size of D's file, in bytes. */
const LARGE = 500 * MB

/** What A, B and C mount, far away. */
const one = (course: Course) => ({ course, service: course.distant, folder: course.files(1, 4 * KB) })
const hundred = (course: Course) => ({ course, service: course.distant, folder: course.files(100, 10 * KB) })
const many = (course: Course) => ({ course, service: course.distant, folder: course.files(500, 10 * KB) })

const large = (course: Course) => ({ course, service: course.local, folder: course.files(1, LARGE) })

export const HEATS: readonly Heat[] = [
  { ids: ['A'], contenders: (course) => newSession('A', one(course)) },
  { ids: ['B'], contenders: (course) => newSession('B', hundred(course)) },
  {
    ids: ['C', 'G'],
    contenders: (course) => [
      ...existingSession('C', many(course), 'G'),
      bareRequests('C', many(course)),
      existingSessionByCurl('C', many(course)),
    ],
  },
  {
    ids: ['C 32'],
    contenders: (course) => {
      const setting = { ...many(course), atOnce: 32 }
      return [...existingSession('C 32', setting), bareRequests('C 32', setting)]
    },
  },
  { ids: ['A TLS'], contenders: (course) => newSession('A TLS', { ...one(course), service: course.secure }) },
  { ids: ['B TLS'], contenders: (course) => newSession('B TLS', { ...hundred(course), service: course.secure }) },
  { ids: ['C TLS'], contenders: (course) => existingSession('C TLS', { ...many(course), service: course.secure }) },
  { ids: ['D'], contenders: (course) => largeFile('D', large(course)) },
  { ids: ['D 1 Gbit'], contenders: (course) => largeFile('D 1 Gbit', { ...large(course), service: course.gigabit }) },
  { ids: ['E', 'E unchanged'], needs: ['replaced-count', 'unchanged-count', 'changed'], contenders: refresh },
  { ids: ['F'], needs: ['archive'], contenders: manyFiles },
  { ids: ['H'], contenders: (course) => startUp(course, course.files(1, 4 * KB)) },
  { ids: ['H post'], contenders: (course) => postWithNothing(course, course.files(1, 4 * KB)) },
  { ids: ['J'], contenders: (course) => prunedTree(course, course.project(300, 99_700)) },
  { ids: ['K', 'L'], needs: ['archive'], contenders: (course) => archiveOnly(course, course.files(20_000, 10 * KB)) },
]

/** Which of these neither inputs nor outputs of action.yml have. */
export function lacking(names: readonly string[] = []): readonly string[] {
  const file = path.resolve(import.meta.dirname, '../action.yml')
  const { inputs, outputs } = parse(readFileSync(file, 'utf8')) as { inputs: object; outputs: object }
  return names.filter((name) => !Object.hasOwn(inputs, name) && !Object.hasOwn(outputs, name))
}
