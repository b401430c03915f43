import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { sensitiveName } from '../../../src/desired/secrets/sensitive-names.ts'
import { root } from '../../meta/repository.ts'
import { findIn } from './search-text.ts'

/** Each file that is held back although it holds no secret, and what for. */
const WRONGLY_HELD: Readonly<Record<string, string>> = {
  // Tokens of the right form in the comments of a rule for them.
  'node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js': 'a Shopify token',
  'node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js.map': 'a Shopify token',
  // The name alone; this one has no token.
  '.npmrc': 'its name',
}

/** The packages that the lockfile names, and all that is committed here. */
function everyFile(): readonly string[] {
  const modules = readdirSync(path.join(root, 'node_modules'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  const committed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  return [...modules, ...committed].map((name) => name.split(path.sep).join('/'))
}

function heldFor(name: string): string | undefined {
  if (sensitiveName(name) !== undefined) return 'its name'
  try {
    return findIn(readFileSync(path.join(root, name)))
  } catch (error) {
    // A committed file that somebody is about to remove.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

test('of all packages and all of this repository no file is held back but those that are listed, five at most', () => {
  const held = everyFile().flatMap((name) => {
    const reason = heldFor(name)
    return reason === undefined ? [] : [[name, reason]]
  })
  expect(Object.fromEntries(held)).toEqual(WRONGLY_HELD)
  expect(Object.keys(WRONGLY_HELD).length).toBeLessThanOrEqual(5)
})
