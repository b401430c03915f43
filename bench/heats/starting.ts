import { runMain, runNode, runPost, startCurl, startMain, startSdk } from '../contenders.ts'
import type { Course } from '../course.ts'
import { timeToFirstByte } from '../first-byte.ts'
import type { Contender, Entrant } from '../heat.ts'

export function startUp(course: Course, folder: string): readonly Contender[] {
  const { concurrency } = course
  const job = (url: string) => ({ url, folder, concurrency })
  const first = (name: Entrant, start: typeof startMain): Contender => ({
    name,
    run: async () => ({ H: await timeToFirstByte((url, onStart) => start(job(url), onStart)) }),
  })
  return [
    { name: 'node -e 0', run: async () => ({ H: await runNode() }) },
    first('action', startMain),
    first('SDK script', startSdk),
    first('curl script', startCurl),
  ]
}

/** Post, after a dry run: there is nothing to look at. */
export function postWithNothing(course: Course, folder: string): readonly Contender[] {
  const job = course.job(course.local, folder)
  return [
    { name: 'node -e 0', run: async () => ({ 'H post': await runNode() }) },
    {
      name: 'action',
      run: async () => {
        const { result } = await runMain(job, { 'dry-run': 'true' })
        return { 'H post': await runPost(job, result.state) }
      },
    },
  ]
}
