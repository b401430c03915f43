import type { Scene } from './scene.ts'
import { runStep, type StepOptions, type StepResult } from './step.ts'

/** A use of the unmount action in a scene. */
export function runUnmount(
  scene: Scene,
  inputs: Readonly<Record<string, string>>,
  more: Partial<Omit<StepOptions, 'inputs'>> = {},
): Promise<StepResult> {
  return runStep('unmount', scene.options({ ...scene.access(), ...inputs }, more))
}
