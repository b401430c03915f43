import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

const MODULES = path.resolve(import.meta.dirname, '../../../node_modules')

/** Ordinary trees of other people's source, as many at once as a session takes. */
const TREES = [
  ['@anthropic-ai/sdk/resources'],
  ['@babel', '@octokit', 'yaml'],
  ['@anthropic-ai/sdk/lib', 'undici', 'typescript', '@actions', '@jest', '@types', 'jest-circus', 'semver'],
] as const

const filesUnder = (folder: string): number =>
  readdirSync(path.join(MODULES, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length

const total = (folders: readonly string[]): number => folders.map(filesUnder).reduce((a, b) => a + b)

test.concurrent.each(TREES)('nothing of %s and its like is lost', async (...folders) => {
  await using scene = await Scene.open({ maxResources: 2000 })
  const main = await scene.main({
    files: folders.map((folder) => `${folder}/**`).join('\n'),
    root: MODULES,
    'include-hidden-files': 'true',
    'max-resources': '2000',
    'if-no-files-found': 'ignore',
    // Files are read and looked through all the same.
    'dry-run': 'true',
  })
  expect(annotations(main, 'error')).toEqual([])
  const warning = annotations(main, 'warning').find((text) => /sensitive/.test(text)) ?? ''
  const leftOut = [...warning.matchAll(/"([^"]+)" (?:is|holds|leads|may)/g)].map(([, name]) => name)
  expect(leftOut).toEqual([])
  const [, planned] = /^Plan: mount ([\d,]+) files/m.exec(main.stdout) ?? []
  expect(planned).toBe(total(folders).toLocaleString('en-US'))
})
