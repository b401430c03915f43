import { type Emulator, SEED_AGENT, SEED_ENVIRONMENT } from '../../emulator/emulator.ts'

/** A session that was there before the job. */
export interface EarlierSession {
  readonly title?: string
  readonly agent?: string
  /** Text files, by mount path. */
  readonly files?: Readonly<Record<string, string>>
  readonly budget?: object
}

/** Makes a session as someone else would have; returns its id. */
export async function createSession(emulator: Emulator, session: EarlierSession = {}): Promise<string> {
  const resources: object[] = []
  for (const [mountPath, content] of Object.entries(session.files ?? {})) {
    resources.push(await uploaded(emulator, mountPath, content))
  }
  const { agent = SEED_AGENT, files: _, ...more } = session
  const body = { agent, environment_id: SEED_ENVIRONMENT, ...more, resources }
  return (await call(emulator, 'POST', '/v1/sessions', JSON.stringify(body))).id
}

/** Mounts a file on a session that is there, as someone else would. */
export async function addFile(emulator: Emulator, sessionId: string, mountPath: string): Promise<void> {
  const resource = await uploaded(emulator, mountPath, 'theirs')
  await call(emulator, 'POST', `/v1/sessions/${sessionId}/resources`, JSON.stringify(resource))
}

async function uploaded(emulator: Emulator, mountPath: string, content: string): Promise<object> {
  const form = new FormData()
  form.append('file', new Blob([content]), 'earlier.txt')
  const { id } = await call(emulator, 'POST', '/v1/files', form)
  return { type: 'file', file_id: id, mount_path: mountPath }
}

export async function archiveSession(emulator: Emulator, id: string): Promise<void> {
  await call(emulator, 'POST', `/v1/sessions/${id}/archive`, '{}')
}

export async function deleteSession(emulator: Emulator, id: string): Promise<void> {
  await call(emulator, 'DELETE', `/v1/sessions/${id}`)
}

export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: FormData | string,
): Promise<{ id: string }> {
  const response = await fetch(`${emulator.baseUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...emulator.accessHeaders(),
      'anthropic-version': '2023-06-01',
      ...(path.startsWith('/v1/sessions') ? { 'anthropic-beta': 'managed-agents-2026-04-01' } : {}),
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as { id: string }
}
