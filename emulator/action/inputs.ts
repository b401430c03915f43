import { readFileSync } from 'node:fs'
import { decodeAgentScript } from '../agent/agent-script.ts'
import type { EmulatorOptions } from '../emulator.ts'
import { decodeDeviations } from '../faults/deviation.ts'
import { decodeFaults } from '../faults/fault.ts'
import { PLATFORMS } from '../platforms/platform.ts'

type Input = (name: string) => string

/** What the workflow says of the emulator; throws with the input's name. */
export function readInputs(input: Input): { readonly options: EmulatorOptions; readonly failIfLeft: boolean } {
  const options = {
    agentScript: readAgent(input),
    faults: readJson(input, 'faults', decodeFaults),
    lenient: readAs('deviations', () => decodeDeviations(linesOf(input('deviations')))),
    platform: readWord(input, 'platform', PLATFORMS),
    apiKey: input('api-key') || undefined,
  }
  return { options, failIfLeft: readWord(input, 'fail-if-left', ['true', 'false']) === 'true' }
}

function readAgent(input: Input): EmulatorOptions['agentScript'] {
  const script = readJson(input, 'agent-script', decodeAgentScript)
  if (readWord(input, 'agent', ['echo', 'silent']) === 'echo') return script
  if (script !== undefined) throw new Error('agent-script: has no effect with `agent: silent`; remove one of the two')
  return 'silent'
}

function readWord<T extends string>(input: Input, name: string, allowed: readonly T[]): T {
  const text = input(name)
  const found = allowed.find((one) => one === text)
  if (found === undefined) throw new Error(`${name}: must be ${allowed.join(' or ')}, not ${JSON.stringify(text)}`)
  return found
}

/** JSON, or the path of a file that holds it; undefined if the input is empty. */
function readJson<T>(input: Input, name: string, decode: (value: unknown) => T): T | undefined {
  const text = input(name)
  if (text === '') return undefined
  return readAs(name, () => decode(JSON.parse(/^[[{]/.test(text) ? text : readText(text))))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Error(`"${path}" is neither JSON nor a file that can be read`)
  }
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function readAs<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
