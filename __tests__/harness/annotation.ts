import type { StepResult } from './step.ts'

type Kind = 'error' | 'warning' | 'notice'

/** The texts that the runner would show as annotations of one kind, unescaped as it does. */
export function annotations({ stdout }: StepResult, kind: Kind): readonly string[] {
  const prefix = `::${kind}::`
  return stdout
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => unescaped(line.slice(prefix.length)))
}

/** The one error of a step that failed. */
export function errorOf(result: StepResult): string {
  const errors = annotations(result, 'error')
  if (errors.length !== 1) throw new Error(`${errors.length} errors instead of one:\n${result.stdout}${result.stderr}`)
  return errors[0] ?? ''
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
