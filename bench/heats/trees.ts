import { NEW_SESSION, runFind, runHashes, runMain, runTar } from '../contenders.ts'
import { type Course, counted } from '../course.ts'
import { type Contender, type Entrant, KB } from '../heat.ts'
import type { Sample } from '../sample.ts'

export function manyFiles(course: Course): readonly Contender[] {
  const { distant } = course
  const folder = course.files(5000, 2 * KB)
  const job = course.job(distant, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => {
      await distant.reset()
      return { F: await counted(distant, work) }
    },
  })
  return [
    alone('tar, sha256sum, curl', () => runTar(distant.url, folder, course.scratch('files.tar.gz'))),
    alone('action, one archive', () => runMain(job, { archive: 'always' })),
    alone('action, 500 one by one', () => runMain(job, { files: 'part-0/**' })),
  ]
}

/** K, which sends nothing; and L, on a session that an earlier run filled. */
export function archiveOnly(course: Course, folder: string): readonly Contender[] {
  const { distant } = course
  let sessionId: string | undefined
  const run = (inputs: Readonly<Record<string, string>>) =>
    counted(distant, () => runMain(course.job(distant, folder, sessionId), { archive: 'always', ...inputs }))
  return [
    { name: 'find, sha256sum', run: async () => ({ K: await runHashes(folder) }) },
    {
      name: 'action',
      run: async () => {
        const K = await run({ 'dry-run': 'true', 'session-id': '', ...NEW_SESSION })
        if (sessionId === undefined) {
          await distant.reset()
          sessionId = await distant.newSession()
          await run({ cleanup: 'never' })
        }
        const L = await run({ cleanup: 'never' })
        if (L.result.outputs.changed !== 'false') throw new Error('L: the archive is not unchanged')
        return { K, L }
      },
    },
  ]
}

/** How much of the time is start-up shows in a run that names one file. */
export function prunedTree(course: Course, folder: string): readonly Contender[] {
  const job = course.job(course.local, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => ({ J: await work() }),
  })
  const dryRun = async (files: string, found: string) => {
    const sample = await runMain(job, { files, 'dry-run': 'true' })
    if (!sample.result.stdout.includes(`→ ${found}\n`)) throw new Error(`${files} has not found ${found}`)
    return sample
  }
  return [
    alone('find -prune', () => runFind(folder, 'node_modules')),
    alone('action, one file', () => dryRun('package-0/file-0.txt', '1 file')),
    alone('action', () => dryRun('**\n!**/node_modules/**', '300 files')),
  ]
}
