import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { readInputs as readEmulatorInputs } from '../../emulator/action/inputs.ts'
import { readChecked } from '../../src/inputs/begin.ts'
import { readDownloadInputs } from '../../src/inputs/download-inputs.ts'
import { readInputs } from '../../src/inputs/mount-inputs.ts'
import { readJobStatus } from '../../src/inputs/post-inputs.ts'
import { InputError } from '../../src/inputs/reader.ts'
import { readUnmountInputs } from '../../src/inputs/unmount-inputs.ts'
import { NO_DOWNLOADS } from '../../src/report/download-outputs.ts'
import { NO_OUTPUTS } from '../../src/report/outputs.ts'
import { removalOutputs } from '../../src/report/removal.ts'
import { parseEvent } from '../../src/runner/workflow-event.ts'
import { randomOf } from '../faults/case.ts'
import { actions, find, root } from './repository.ts'

const VALUES = ['', 'x', 'true', '1']

const NO_EVENT = parseEvent({}, {})

const named = {
  'action.yml': {
    outputs: Object.keys(NO_OUTPUTS),
    read: (input: (name: string) => string) => {
      readJobStatus(input)
      readChecked(readInputs, input, {}, NO_EVENT)
    },
  },
  'download/action.yml': {
    outputs: Object.keys(NO_DOWNLOADS),
    read: (input: (name: string) => string) => readChecked(readDownloadInputs, input, {}, NO_EVENT),
  },
  'unmount/action.yml': {
    outputs: Object.keys(removalOutputs({ removed: [], left: [] })),
    read: (input: (name: string) => string) => readChecked(readUnmountInputs, input, {}, NO_EVENT),
  },
} as const

const EMULATOR = 'emulator/action.yml'

const cases = actions.flatMap((action) =>
  action.file === EMULATOR ? [] : [{ ...action, named: named[action.file as keyof typeof named] }],
)

/** What an action ever reads of its inputs, or names in a problem: some are read only where others are given, or are not. */
function inputsRead(read: (input: (name: string) => string) => unknown): readonly string[] {
  const asked = new Set<string>()
  const random = randomOf(1)
  for (let round = 0; round < 200; round++) {
    const input = (name: string): string => {
      asked.add(name)
      return VALUES[Math.floor(random() * VALUES.length)] ?? ''
    }
    try {
      read(input)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      for (const problem of error.problems) asked.add(problem.input)
    }
  }
  return [...asked].sort()
}

describe.each(cases)('$file', ({ inputs, outputs, named }) => {
  test('declares the inputs that the code reads, and no other', () => {
    expect(inputsRead(named.read)).toEqual(Object.keys(inputs).sort())
  })

  test('declares the outputs that the code sets', () => {
    expect(Object.keys(outputs).sort()).toEqual([...named.outputs].sort())
  })
})

test('the action of the emulator declares the inputs that its code reads', () => {
  const { inputs = {} } = actions.find(({ file }) => file === EMULATOR) ?? {}
  const asked = new Set<string>()
  readEmulatorInputs((name) => String(asked.add(name) && inputs[name]?.default))
  expect([...asked].sort()).toEqual(Object.keys(inputs).sort())
})

describe.each(actions)('$file', ({ inputs, runs, file }) => {
  test('gives every input a default, so that no default is in the code', () => {
    expect(Object.entries(inputs).filter(([, input]) => input.default === undefined)).toEqual([])
  })

  test('starts bundles that are there', () => {
    const bundles = [runs.main, runs.post].flatMap((bundle) => (bundle === undefined ? [] : [bundle]))
    const folder = file.includes('/') ? `${file.split('/')[0]}/` : ''
    expect(bundles.filter((bundle) => find(`${folder}${bundle}`).length === 0)).toEqual([])
  })
})

test('the tables in the READMEs say what the actions declare', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
