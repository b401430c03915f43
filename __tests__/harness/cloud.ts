import { existsSync } from 'node:fs'
import type { EmulatorOptions } from '../../emulator/emulator.ts'
import { Scene } from './scene.ts'

type Texts = Readonly<Record<string, string>>

/** What a use of the action says in a cloud; where the service is and who calls it stand in variables. */
export const CLOUD_INPUTS = {
  aws: { platform: 'aws', 'anthropic-api-key': '', 'base-url': '' },
  'google-cloud': { platform: 'google-cloud', 'anthropic-api-key': '', 'base-url': '' },
} as const

export type Cloud = keyof typeof CLOUD_INPUTS

export interface CloudScene extends Scene {
  readonly given: Texts
  /** What the cloud's own action has set for the steps after it. */
  readonly env: Texts
}

export const CREDENTIALS_FILE = 'gha-creds-0123456789abcdef.json'

/** A scene whose service is in a cloud, with one file to mount. */
export async function openCloud(platform: Cloud, options: EmulatorOptions = {}): Promise<CloudScene> {
  const scene = await Scene.open({ ...options, platform })
  const { variables, credentialsFile } = scene.emulator
  scene.workspace.write({ 'a.txt': 'a' })
  if (credentialsFile !== undefined) scene.workspace.write({ [CREDENTIALS_FILE]: JSON.stringify(credentialsFile) })
  const file = scene.workspace.path(CREDENTIALS_FILE)
  const env = { ...variables, ...(existsSync(file) ? { GOOGLE_APPLICATION_CREDENTIALS: file } : {}) }
  return Object.assign(scene, { given: { ...CLOUD_INPUTS[platform], files: 'a.txt' }, env })
}
