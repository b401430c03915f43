import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'
import { Scene } from './scene.ts'
import type { StepOptions } from './step.ts'

type Texts = Readonly<Record<string, string>>

/** What a use of the action says in a cloud; where the service is and who calls it stand in variables. */
export const CLOUD_INPUTS = {
  aws: { platform: 'aws', 'anthropic-api-key': '', 'base-url': '' },
  'google-cloud': { platform: 'google-cloud', 'anthropic-api-key': '', 'base-url': '' },
} as const

export type Cloud = keyof typeof CLOUD_INPUTS

/** By which name the action of Google leaves its credentials in the workspace. */
export const CREDENTIALS_FILE = 'gha-creds-0123456789abcdef.json'

/** A scene whose service is in a cloud. Every step has what the cloud's own action sets for the steps after it. */
export class CloudScene extends Scene {
  readonly platform: Cloud
  readonly given: Texts
  /** For all steps from now on. */
  env: Texts

  private constructor(emulator: Scene['emulator'], platform: Cloud) {
    super(emulator)
    this.platform = platform
    this.given = { ...CLOUD_INPUTS[platform], files: 'a.txt' }
    this.env = emulator.variables
    if (emulator.credentialsFile === undefined) return
    this.workspace.write({ [CREDENTIALS_FILE]: JSON.stringify(emulator.credentialsFile) })
    this.env = { ...this.env, GOOGLE_APPLICATION_CREDENTIALS: this.workspace.path(CREDENTIALS_FILE) }
  }

  static async on(platform: Cloud, options: EmulatorOptions = {}): Promise<CloudScene> {
    return new CloudScene(await startEmulator({ platform, ...options }), platform)
  }

  override access(): Texts {
    return CLOUD_INPUTS[this.platform]
  }

  override options(inputs: Texts, more: Partial<Omit<StepOptions, 'inputs'>> = {}): StepOptions {
    return super.options(inputs, { ...more, env: { ...this.env, ...more.env } })
  }
}

/** A scene in a cloud, with one file to mount. */
export async function openCloud(platform: Cloud, options: EmulatorOptions = {}): Promise<CloudScene> {
  const scene = await CloudScene.on(platform, options)
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}
