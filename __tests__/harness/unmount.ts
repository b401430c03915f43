import type { Scene } from './scene.ts'
import { runStep, type StepOptions, type StepResult } from './step.ts'

/** A use of the unmount action in a scene. */
export function runUnmount(
  scene: Scene,
  inputs: Readonly<Record<string, string>>,
  more: Partial<Omit<StepOptions, 'inputs'>> = {},
): Promise<StepResult> {
  const access = { 'anthropic-api-key': scene.emulator.apiKey, 'base-url': scene.emulator.url }
  return runStep('unmount', { inputs: { ...access, ...inputs }, cwd: scene.workspace.root, ...more })
}
