import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '../../../src/text/json.ts'

/** One recorded event: what the runner has in the environment, and in the file at `GITHUB_EVENT_PATH`. */
export interface EventFixture {
  readonly env: Readonly<Record<string, string>>
  readonly event: JsonObject
}

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/events')

export const EVENT_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.basename(file, '.json'))

export function eventFixture(name: string): EventFixture {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as EventFixture
}

/** The fixtures' SHAs: one word of eight digits, five times. */
export function sha(word: string): string {
  return word.repeat(5)
}
