import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { lenient, parseJson, read, text } from '../text/json.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What is read of the file that `GOOGLE_APPLICATION_CREDENTIALS` names. */
export interface GoogleCredentials {
  readonly project: string | undefined
  readonly secrets: readonly string[]
}

const SECRET_FIELDS = new Set(['private_key', 'client_secret', 'refresh_token', 'access_token', 'authorization'])

/** Undefined where there is no such file, or it is not JSON. */
export function googleCredentials({
  GOOGLE_APPLICATION_CREDENTIALS: file,
}: Environment): GoogleCredentials | undefined {
  if (!file) return undefined
  const content = parseJson(textOf(file))
  return content === undefined
    ? undefined
    : { project: read(v.object({ project_id: lenient(text) }), content)?.project_id, secrets: secretsIn(content) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Credentials may stand in others, which they act for. */
function secretsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === 'string' && SECRET_FIELDS.has(name.toLowerCase())
      ? [each.replace(/^Bearer\s+/i, '')]
      : secretsIn(each),
  )
}
