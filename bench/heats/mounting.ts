import path from 'node:path'
import { type Job, runBare, runCurl, runCurlUpload, runMain, runPost, runSdk, runSdkRemoval } from '../contenders.ts'
import { counted, type Setting } from '../course.ts'
import type { Contender, Entrant, ScenarioId } from '../heat.ts'
import type { Sample } from '../sample.ts'
import type { Service } from '../service.ts'

/** A contender of one scenario, which leaves an empty service. */
function alone(id: ScenarioId, service: Service, name: Entrant, work: () => Promise<Sample>): Contender {
  const run = async () => {
    const sample = await counted(service, work)
    await service.reset()
    return { [id]: sample }
  }
  return { name, run }
}

/** All of a folder onto a new session. */
export function newSession(id: ScenarioId, { course, service, folder }: Setting): readonly Contender[] {
  const job = course.job(service, folder)
  return [
    alone(id, service, 'action', () => runMain(job)),
    alone(id, service, 'SDK script', () => runSdk(job, course.scratch('made.json'))),
    alone(id, service, 'curl script', () => runCurl(job)),
  ]
}

/** All of a folder onto a session that is there; and, for `removal`, all of it off again. */
export function existingSession(id: ScenarioId, setting: Setting, removal?: ScenarioId): readonly Contender[] {
  const { course, service } = setting
  const removed = async (work: () => Promise<Sample>) =>
    removal === undefined ? {} : { [removal]: await counted(service, work) }
  return [
    {
      name: 'action',
      run: async () => {
        const job = await onNewSession(setting)
        const main = await counted(service, () => runMain(job))
        return { [id]: main, ...(await removed(() => runPost(job, main.result.state))) }
      },
    },
    {
      name: 'SDK script',
      run: async () => {
        const [job, record] = [await onNewSession(setting), course.scratch('made.json')]
        const mounted = await counted(service, () => runSdk(job, record))
        return { [id]: mounted, ...(await removed(() => runSdkRemoval(job, record))) }
      },
    },
  ]
}

/** What takes a minute or more with curl is measured once. */
export function existingSessionByCurl(id: ScenarioId, setting: Setting): Contender {
  return { name: 'curl script', runs: 1, run: ontoSession(id, setting, runCurl) }
}

/** What the emulator itself takes for the requests of a mount onto a session that is there. */
export function bareRequests(id: ScenarioId, setting: Setting): Contender {
  return { name: 'bare requests', run: ontoSession(id, setting, runBare) }
}

function ontoSession(id: ScenarioId, setting: Setting, work: (job: Job) => Promise<Sample>): Contender['run'] {
  return async () => {
    const job = await onNewSession(setting)
    return { [id]: await counted(setting.service, () => work(job)) }
  }
}

async function onNewSession({ course, service, folder, atOnce }: Setting): Promise<Job> {
  await service.reset()
  return course.job(service, folder, await service.newSession(), atOnce)
}

/** One large file. */
export function largeFile(id: ScenarioId, { course, service, folder }: Setting): readonly Contender[] {
  const job = course.job(service, folder)
  return [
    alone(id, service, 'curl -F', () => runCurlUpload(service.url, path.join(folder, 'part-0/file-0.txt'))),
    alone(id, service, 'action', () => runMain(job)),
    alone(id, service, 'SDK script', () => runSdk(job, course.scratch('made.json'))),
  ]
}
