import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'
import type { PlatformName } from '../../emulator/platforms/platform.ts'
import { Scene } from './scene.ts'
import type { StepOptions } from './step.ts'

type Inputs = Readonly<Record<string, string>>
type Cloud = Exclude<PlatformName, 'anthropic'>

/** By which name the action of Google leaves its credentials in the workspace. */
export const CREDENTIALS_FILE = 'gha-creds-0123456789abcdef.json'

/** A scene on a cloud: each step has what the cloud's own action sets for the steps after it, and no key. */
export class CloudScene extends Scene {
  readonly platform: Cloud
  /** For all steps from now on. */
  env: Inputs

  private constructor(emulator: Scene['emulator'], platform: Cloud) {
    super(emulator)
    this.platform = platform
    this.env = emulator.variables
    if (emulator.credentialsFile === undefined) return
    this.workspace.write({ [CREDENTIALS_FILE]: JSON.stringify(emulator.credentialsFile) })
    this.env = { ...this.env, GOOGLE_APPLICATION_CREDENTIALS: this.workspace.path(CREDENTIALS_FILE) }
  }

  static async on(platform: Cloud, options: EmulatorOptions = {}): Promise<CloudScene> {
    return new CloudScene(await startEmulator({ platform, ...options }), platform)
  }

  override access(): Inputs {
    return { platform: this.platform }
  }

  override options(inputs: Inputs, more: Partial<Omit<StepOptions, 'inputs'>> = {}): StepOptions {
    return super.options(inputs, { ...more, env: { ...this.env, ...more.env } })
  }
}
