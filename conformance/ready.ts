import { textAt } from './json.ts'
import type { Lab } from './lab.ts'
import { NoServerError, type Reply } from './server.ts'

/** Says that nothing can be asked, and why. */
export class NotReadyError extends Error {}

/** Before anything is made: the server is one of this API, takes the key, and knows agent and environment. */
export async function checkReady(lab: Lab, baseUrl: string): Promise<void> {
  const { agent, environment } = lab.target
  try {
    const reply = await lab.get('/v1/files', { query: { limit: '1' } })
    if (reply.status === 401 || reply.status === 403)
      throw new NotReadyError(
        `${baseUrl} refused the key (${told(reply)}). Set ANTHROPIC_API_KEY to a key of the workspace.`,
      )
    if (reply.status !== 200 || !Array.isArray((reply.json as { data?: unknown } | undefined)?.data))
      throw new NotReadyError(`${baseUrl} does not speak this API: GET /v1/files answered ${told(reply)}`)
    await checkKnown(lab, 'agent', `/v1/agents/${encodeURIComponent(agent)}`, agent)
    await checkKnown(lab, 'environment', `/v1/environments/${encodeURIComponent(environment)}`, environment)
  } catch (error) {
    if (error instanceof NoServerError) throw new NotReadyError(error.message)
    throw error
  }
}

async function checkKnown(lab: Lab, kind: string, path: string, id: string): Promise<void> {
  const reply = await lab.get(path, { beta: true })
  if (reply.status !== 200)
    throw new NotReadyError(`--${kind}: the server has no ${kind} ${JSON.stringify(id)} (${told(reply)})`)
}

function told({ status, json, text, headers }: Reply): string {
  const message = textAt(json, 'error.message') ?? text.trim().slice(0, 80)
  const type = (headers.get('content-type') ?? 'no type').split(';')[0]
  return `${status} ${json === undefined ? `with ${type}` : ''}${message === '' ? '' : `: ${message}`}`.replace(
    ' :',
    ':',
  )
}
