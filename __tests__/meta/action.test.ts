import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { DOWNLOAD_INPUTS, MOUNT_INPUTS, UNMOUNT_INPUTS } from '../../src/inputs/names.ts'
import { DOWNLOAD_OUTPUTS } from '../../src/report/download-outputs.ts'
import { MOUNT_OUTPUTS } from '../../src/report/outputs.ts'
import { UNMOUNT_OUTPUTS } from '../../src/report/removal-outputs.ts'
import { actions, find, read, root } from './repository.ts'

const named = {
  'action.yml': { inputs: MOUNT_INPUTS, outputs: MOUNT_OUTPUTS },
  'download/action.yml': { inputs: DOWNLOAD_INPUTS, outputs: DOWNLOAD_OUTPUTS },
  'unmount/action.yml': { inputs: UNMOUNT_INPUTS, outputs: UNMOUNT_OUTPUTS },
} as const

const cases = actions.map((action) => ({ ...action, named: named[action.file as keyof typeof named] }))

/** The names that stand in the sources as what a reader reads: `read.text('agent-id')`, `readTitle(read, 'session-name')`. */
function inputsRead(): readonly string[] {
  const call = /\b(?:read|InputReader\(\w+\))(?:\.\w+\(|,) *'([\w-]+)'/g
  const names = find('src/inputs/**/*.ts').flatMap((file) => [...read(file).matchAll(call)].map(([, name]) => name))
  return [...new Set(names)].map(String).sort()
}

test('the code reads the inputs that the actions declare, and no other', () => {
  expect(inputsRead()).toEqual([...new Set(actions.flatMap(({ inputs }) => Object.keys(inputs)))].sort())
})

describe.each(cases)('$file', ({ inputs, outputs, runs, file, named }) => {
  test('declares the inputs that the code names', () => {
    expect(Object.keys(inputs).sort()).toEqual([...named.inputs].sort())
  })

  test('declares the outputs that the code sets', () => {
    expect(Object.keys(outputs).sort()).toEqual([...named.outputs].sort())
  })

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
