import { runMain } from '../contenders.ts'
import { type Course, counted } from '../course.ts'
import { type Contender, KB } from '../heat.ts'

/** The session is made once; each round changes other content, then runs once more without a change. */
export function refresh(course: Course): readonly Contender[] {
  const { distant } = course
  const [count, size, changed] = [500, 10 * KB, 5]
  const folder = course.files(count, size)
  let sessionId: string | undefined
  const run = async (expected: Readonly<Record<string, string>>) => {
    const job = course.job(distant, folder, sessionId)
    const sample = await counted(distant, () => runMain(job, { cleanup: 'never' }))
    const { outputs } = sample.result
    const wrong = Object.entries(expected).find(([name, value]) => outputs[name] !== value)
    if (wrong !== undefined) throw new Error(`refresh: ${wrong[0]} is ${outputs[wrong[0]]}, not ${wrong[1]}`)
    return sample
  }
  return [
    {
      name: 'action',
      run: async (round) => {
        if (sessionId === undefined) {
          await distant.reset()
          sessionId = await distant.newSession()
          await run({ 'added-count': String(count) })
        }
        course.change(folder, changed, size, round)
        const E = await run({
          'replaced-count': String(changed),
          'unchanged-count': String(count - changed),
          changed: 'true',
        })
        return { E, 'E unchanged': await run({ 'unchanged-count': String(count), changed: 'false' }) }
      },
    },
  ]
}
