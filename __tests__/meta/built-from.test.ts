import { mkdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { BUILT_FROM, builtFrom, isCurrent } from '../../scripts/built-from.ts'
import { Workspace } from '../harness/workspace.ts'

const SOURCES = {
  'scripts/bundle.ts': 'build',
  'scripts/licenses.ts': 'licences',
  'tsconfig.build.json': '{}',
  'tsconfig.emulator.json': '{}',
  'tsconfig.json': '{}',
  'src/post.ts': 'import "./undo/undo.ts"\n',
  'src/undo/undo.ts': 'undo\n',
  'src/mount.ts': 'mount\n',
}
const PACKAGES = { '@vercel/ncc': '1.0.0', typescript: '2.0.0', undici: '3.0.0', jest: '4.0.0' }

function lockfile(packages: Readonly<Record<string, string>>): string {
  const entries = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }])
  return JSON.stringify({ packages: Object.fromEntries(entries) })
}

/** A project in which post is built of two sources and a package. */
function built(): Workspace {
  const project = new Workspace().write({ ...SOURCES, 'package-lock.json': lockfile(PACKAGES) })
  project.write({ 'dist/post/index.js': 'bundle', 'dist/post/7.index.js': 'chunk' })
  mkdirSync(project.path('node_modules'))
  const inside = ['build/run-1/src/post.js', 'build/run-1/src/undo/undo.js', 'node_modules/undici/index.js']
  const stats = { modules: inside.map((name) => ({ nameForCondition: project.path(name) })) }
  const record = builtFrom(project.root, project.path('dist/post'), project.path('build/run-1'), stats)
  return project.write({ [`dist/post/${BUILT_FROM}`]: record })
}

const untouched: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['nothing', {}],
  ['a source that is not in it', { 'src/mount.ts': 'other' }],
  ['a package that is not in it', { 'package-lock.json': lockfile({ ...PACKAGES, jest: '4.0.1' }) }],
  ['line ends, as Windows has them,', { 'src/undo/undo.ts': 'undo\r\n' }],
]

test.each(untouched)('a bundle is current when %s changed', (_, files) => {
  using project = built()
  project.write(files)
  expect(isCurrent(project.root, project.path('dist/post'))).toBe(true)
})

const changed: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['a source', { 'src/undo/undo.ts': 'other\n' }],
  ['how it is built', { 'scripts/bundle.ts': 'other' }],
  ['how it is compiled', { 'tsconfig.json': '{"strict": true}' }],
  ['a package in it', { 'package-lock.json': lockfile({ ...PACKAGES, undici: '3.0.1' }) }],
  ['the bundler', { 'package-lock.json': lockfile({ ...PACKAGES, '@vercel/ncc': '1.0.1' }) }],
  ['the compiler', { 'package-lock.json': lockfile({ ...PACKAGES, typescript: '2.0.1' }) }],
  ['the bundle itself', { 'dist/post/index.js': 'bundle by hand' }],
  ['a file beside it', { 'dist/post/8.index.js': 'chunk of another build' }],
  ['the record', { [`dist/post/${BUILT_FROM}`]: '{"bun' }],
]

test.each(changed)('a bundle is stale when %s changed', (_, files) => {
  using project = built()
  project.write(files)
  expect(isCurrent(project.root, project.path('dist/post'))).toBe(false)
})

const gone = ['src/undo/undo.ts', 'dist/post/7.index.js', 'dist/post/index.js', `dist/post/${BUILT_FROM}`]

test.each(gone)('a bundle is stale when %s is gone', (name) => {
  using project = built()
  project.remove(name)
  expect(isCurrent(project.root, project.path('dist/post'))).toBe(false)
})
