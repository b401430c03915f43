import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { INPUT_NAMES } from '../../src/inputs/names.ts'
import { OUTPUT_NAMES } from '../../src/report/outputs.ts'
import { action, find, read, root } from './repository.ts'

const inputs = Object.keys(action.inputs).sort()

/** The names that stand in the sources as what a reader reads: `read.text('agent-id')`, `readTitle(read, 'session-name')`. */
function inputsRead(): readonly string[] {
  const call = /\b(?:read|InputReader\(\w+\))(?:\.\w+\(|,) *'([\w-]+)'/g
  const names = find('src/inputs/**/*.ts').flatMap((file) => [...read(file).matchAll(call)].map(([, name]) => name))
  return [...new Set(names)].map(String).sort()
}

describe('action.yml', () => {
  test('declares the inputs that the code names', () => {
    expect([...INPUT_NAMES].sort()).toEqual(inputs)
  })

  test('declares the inputs that the code reads, and no other', () => {
    expect(inputsRead()).toEqual(inputs)
  })

  test('declares the outputs that the code sets', () => {
    expect([...OUTPUT_NAMES].sort()).toEqual(Object.keys(action.outputs).sort())
  })

  test('gives every input a default, so that no default is in the code', () => {
    expect(inputs.filter((name) => action.inputs[name]?.default === undefined)).toEqual([])
  })

  test('is what the tables in README.md say', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
