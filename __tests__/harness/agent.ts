import { setTimeout as sleep } from 'node:timers/promises'
import type { Act } from '../../emulator/emulator.ts'
import { Scene } from './scene.ts'
import type { StepResult } from './step.ts'

/** A scene whose agent does these turns, with one file to mount. */
export async function sceneWith(...turns: readonly (readonly Act[])[]): Promise<Scene> {
  const scene = await Scene.open({ agentScript: { turns } })
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

/** Inputs that mount that file, tell the agent something and wait for it. */
export const ASK = { files: 'a.txt', prompt: 'Review it.', wait: 'true' } as const

/** The same where the prompt does not go with the call that creates the session: what stands before it is not known then. */
export const ASK_LATER = { ...ASK, 'memory-stores': 'memstore_team: read_only' } as const

/** What the log shows of the agent: everything behind the line about the prompt but for debug lines. */
export function shown({ stdout }: StepResult): readonly string[] {
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::debug::'))
  const sent = lines.findIndex((line) => line.startsWith('Sent the prompt') || line.includes('the prompt is queued'))
  return lines.slice(sent + 1).filter((line) => line !== '')
}

const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'managed-agents-2026-04-01' } as const

/** The user messages of a session, as the emulator has them. */
export async function messages({ emulator }: Scene, sessionId: string): Promise<readonly string[]> {
  const response = await fetch(`${emulator.baseUrl}/v1/sessions/${sessionId}/events?types[]=user.message`, {
    headers: { ...HEADERS, ...emulator.accessHeaders() },
  })
  const { data } = (await response.json()) as { data: { content: { text: string }[] }[] }
  return data.map(({ content }) => content.map(({ text }) => text).join('|'))
}

/** Tells an agent something, as somebody else. */
export async function say({ emulator }: Scene, sessionId: string, text: string): Promise<void> {
  await fetch(`${emulator.baseUrl}/v1/sessions/${sessionId}/events`, {
    method: 'POST',
    headers: { ...HEADERS, ...emulator.accessHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ type: 'user.message', content: [{ type: 'text', text }] }] }),
  })
}

/** Resolves once the action has sent this request, `GET /v1/sessions/{sesn}`, so many times, and has its answers. */
export async function answered(scene: Scene, request: string, times = 1): Promise<void> {
  const count = () => scene.requests().filter((line, index) => line === request && scene.sent()[index]?.status === 200)
  while (count().length < times) await sleep(10)
}

/** Resolves once the action has sent this request; it may not have been answered yet. */
export async function arrived(scene: Scene, request: string): Promise<void> {
  while (!scene.requests().includes(request)) await sleep(10)
}

/** Inputs that name a session which is there. */
export function existing(sessionId: string) {
  return { 'session-id': sessionId, 'agent-id': '', 'environment-id': '' } as const
}
