import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

/** A scene whose session holds outputs with these names, and the step that downloads them. */
async function outputs(names: readonly string[], existing: readonly string[] = []) {
  const scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (const name of names) scene.emulator.addOutput(id, name, `new ${name}`)
  scene.workspace.write(Object.fromEntries(existing.map((name) => [name, 'old'])))
  return {
    scene,
    step: (inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
      downloadStep(scene, { 'session-id': id, ...inputs }),
    written: () =>
      Object.entries(contentOf(scene.workspace.root))
        .filter(([, content]) => content.startsWith('new '))
        .map(([name]) => name)
        .sort(),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  }
}

const HIDDEN = [
  '.npmrc',
  '.envrc',
  '.husky/pre-commit',
  '.mcp.json',
  '.claude/settings.json',
  '.vscode/tasks.json',
  '.gitattributes',
  '.ssh/authorized_keys',
  'deep/.config/x',
  '\u200c.yarnrc',
]

test.concurrent('hidden files are skipped with a warning that names them', async () => {
  await using on = await outputs([...HIDDEN, 'report.md', 'a.b/c.txt'])
  const step = await on.step()
  expect(step.exitCode).toBe(0)
  expect(on.written()).toEqual(['session-outputs/a.b/c.txt', 'session-outputs/report.md'])
  const [warning, ...more] = annotations(step, 'warning')
  expect(more).toEqual([])
  expect(warning).toMatch(/^Skipped 10 hidden files: .*"\.npmrc".*include-hidden-files: true/)
  expect(step.outputs['downloaded-count']).toBe('2')
})

test.concurrent('hidden files are taken where they are asked for', async () => {
  await using on = await outputs([...HIDDEN.slice(0, 9), 'report.md'])
  const step = await on.step({ 'include-hidden-files': 'true' })
  expect([step.exitCode, annotations(step, 'warning')]).toEqual([0, []])
  expect(on.written()).toEqual([...HIDDEN.slice(0, 9), 'report.md'].map((name) => `session-outputs/${name}`).sort())
})

test.concurrent('nothing but hidden files: there is nothing to download, and it is said why', async () => {
  await using on = await outputs(['.npmrc'])
  const step = await on.step({ 'if-no-files-found': 'error' })
  expect(errorOf(step)).toMatch(/skipped/)
  expect(on.written()).toEqual([])
})

test.concurrent.each([
  ['by the default', {}],
  ['without a name', { overwrite: 'true' }],
  ['by wildcards', { overwrite: 'true', patterns: '**/*.md\n*' }],
  ['by name, but without overwrite', { patterns: 'report.md' }],
  ['by excludes', { overwrite: 'true', patterns: '!x' }],
])('the workspace itself is not written to %s: refused before anything is sent', async (_, inputs) => {
  await using on = await outputs(['report.md'], ['package.json'])
  for (const folder of ['.', './', 'sub/..', on.scene.workspace.root]) {
    const before = on.scene.requests().length
    const step = await on.step({ path: folder, ...inputs })
    expect(errorOf(step)).toMatch(/path: .* is the workspace itself.*`overwrite: true`.*`patterns`/)
    expect(on.scene.requests()).toHaveLength(before)
  }
  expect(on.written()).toEqual([])
})

test.concurrent('into the workspace itself goes what is named, and nothing else', async () => {
  await using on = await outputs(['report.md', 'docs/a.md', 'docs/b.md', 'package.json'], ['package.json'])
  const step = await on.step({ path: '.', overwrite: 'true', patterns: 'report.md\n./docs/a.md\ndocs\n*' })
  expect(step.exitCode).toBe(0)
  expect(on.written()).toEqual(['docs/a.md', 'report.md'])
  expect(annotations(step, 'warning')).toEqual([
    expect.stringMatching(/^Skipped 2 files .*"docs\/b\.md", "package\.json".*`patterns`/),
  ])
  const named = await on.step({ path: '.', overwrite: 'true', patterns: 'package.json' })
  expect(named.exitCode).toBe(0)
  expect(on.written()).toEqual(['docs/a.md', 'package.json', 'report.md'])
})

const ACTED_UPON = [
  'package.json',
  'PACKAGE.JSON.bak/package.json',
  'node_modules/.bin/tsc',
  'sub/node_modules/x/index.js',
  'Makefile',
  'conftest.py',
  'jest.config.mjs',
  'pyproject.toml',
  'build.gradle.kts',
  'Directory.Build.props',
  'action.yml',
  'AGENTS.md',
]

test.concurrent('a folder of the workspace that is in use gets no file that later steps act on, unless it is named', async () => {
  await using on = await outputs([...ACTED_UPON, 'report.md'], ['app/index.js'])
  const step = await on.step({ path: 'app', overwrite: 'true', 'include-hidden-files': 'true' })
  expect(step.exitCode).toBe(0)
  expect(on.written()).toEqual(['app/report.md'])
  expect(annotations(step, 'warning')).toEqual([expect.stringMatching(/^Skipped 12 files .*"package\.json"/)])
  await on.step({ path: 'app', overwrite: 'true', patterns: 'package.json' })
  expect(on.written()).toEqual(['app/package.json', 'app/report.md'])
})

test.concurrent('a folder of its own gets all of them: new, empty, or outside of the workspace', async () => {
  await using on = await outputs(['package.json', 'Makefile'])
  const temp = mkdtempSync(path.join(tmpdir(), 'session-mount-runner-'))
  for (const folder of ['session-outputs', path.join(temp, 'out')]) {
    const step = await downloadStep(
      on.scene,
      { 'session-id': on.scene.sessions()[0]?.id ?? '', path: folder },
      { env: { RUNNER_TEMP: temp } },
    )
    expect([step.exitCode, annotations(step, 'warning')]).toEqual([0, []])
  }
  expect(on.written()).toEqual(['session-outputs/Makefile', 'session-outputs/package.json'])
  expect(existsSync(path.join(temp, 'out/package.json'))).toBe(true)
  rmSync(temp, { recursive: true })
})

test.concurrent('so does the default folder, however many downloads went there before', async () => {
  await using on = await outputs(['package.json', '.npmrc', 'report.md'])
  for (const overwrite of ['false', 'true']) {
    const step = await on.step({ overwrite, 'include-hidden-files': 'true' })
    expect([step.exitCode, annotations(step, 'warning')]).toEqual([0, []])
    expect(step.outputs['downloaded-count']).toBe('3')
  }
})
