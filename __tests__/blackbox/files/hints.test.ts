import { mkdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { namesHere, onPosix, withUnicode } from '../../harness/system.ts'

const TREE = {
  'a.txt': 'a',
  'b.txt': 'b',
  'sub/c.txt': 'c',
  'data/deep/d.csv': 'd',
  ' lead.txt': 'l',
  ...Object.fromEntries(namesHere(['trail.txt ']).map((name) => [name, 't'])),
}

/** A line that finds nothing, and all that the error says of it. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: this is what arrives where nobody has evaluated it
const HINTS: readonly (readonly [string, string])[] = [
  ['a.txt,b.txt', 'It looks like a list with commas; write one pattern a line.'],
  ['a.txt b.txt', 'If these are several patterns, write one pattern a line (in YAML, below `files: |`).'],
  ['- *.txt', 'It looks like an item of a YAML list; remove the leading "-".'],
  ["'*.txt'", 'The quotes are part of the pattern; remove them.'],
  ['"*.txt"', 'The quotes are part of the pattern; remove them.'],
  ['{a,b}.txt', 'Braces are not wildcards; write one pattern a line.'],
  ['@(a|b).txt', 'Extended wildcards like @(a|b) are not supported; write one pattern a line.'],
  ['a.txt # the data', 'A comment has to be on a line of its own.'],
  ['a.txt=>/x.txt', 'An arrow needs a space on both sides: `pattern => /path`.'],
  [
    '${{ steps.x.outputs.y }}',
    'GitHub evaluates expressions only in the workflow file itself; this one arrived as text.',
  ],
  ['$GITHUB_WORKSPACE/a.txt', 'Variables are not expanded here; write the path relative to `root`.'],
  ['${HOME}/a.txt', 'Variables are not expanded here; write the path relative to `root`.'],
  ['%TEMP%\\a.txt', 'Variables are not expanded here; write the path relative to `root`.'],
  ['~/a.txt', '"~" is not expanded; write the path relative to `root`.'],
  ['https://example.com/a.txt', 'Only files on the runner can be mounted; download it in an earlier step.'],
  ['lead.txt', 'There is "  lead.txt", with the spaces. To mount it, use a JSON array.'],
  ['empty', 'There are no files in the folder "empty".'],
  ['empty/**', 'There are no files in the folder "empty".'],
  ['reports/**/*.json', 'There is no folder "reports". Did an earlier step create it?'],
  ['data/reports/x.json', 'There is no folder "data/reports". Did an earlier step create it?'],
]

/** Mistakes only where the case counts, and a backslash is a letter. */
const HINTS_ON_POSIX: typeof HINTS = [
  ['sub\\c.txt', 'On this system the separator is "/", not "\\".'],
  ['SUB/C.TXT', 'Did you mean "sub/c.txt"? Names are case-sensitive.'],
  ['Sub/*.txt', 'Did you mean "sub/c.txt"? Names are case-sensitive.'],
  ['Data', 'Did you mean "data/deep/d.csv"? Names are case-sensitive.'],
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above

test.concurrent('each likely mistake has its own hint', () => expectHints(HINTS))

onPosix('so has each that is none on Windows', () => expectHints(HINTS_ON_POSIX))

async function expectHints(hints: typeof HINTS): Promise<void> {
  await using scene = await Scene.open()
  scene.workspace.write({ ...TREE, '  lead.txt': 'l' })
  mkdirSync(scene.workspace.path('empty'))
  const lines = hints.map(([line]) => (line === 'lead.txt' ? '  lead.txt' : line))
  const main = await scene.main({ files: lines.join('\n') })
  const expected = hints.map(([line, hint]) => `- No files match "${line}". ${hint}`)
  expect(errorOf(main).split('\n')).toEqual([...expected, 'Nothing was changed.'])
  expect(scene.emulator.journal()).toEqual([])
}

test.concurrent('a line that finds nothing and is not puzzling has no hint', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(TREE)
  const main = await scene.main({ files: 'nothing.md\n*.md\nsub/*.md\nzzz' })
  expect(errorOf(main)).toBe(
    `${['nothing.md', '*.md', 'sub/*.md', 'zzz'].map((line) => `- No files match "${line}"`).join('\n')}\nNothing was changed.`,
  )
})

test.concurrent('an empty workspace is no folder that somebody named', async () => {
  await using scene = await Scene.open()
  const main = await scene.main({ files: '**' })
  expect(errorOf(main).split('\n')[0]).toBe('No files match "**"')
})

test.concurrent('with `warn` the hints are in the warnings', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(TREE)
  const main = await scene.main({ files: 'a.txt\n{a,b}.txt', 'if-no-files-found': 'warn' })
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(main, 'warning')).toEqual([
    'No files match "{a,b}.txt". Braces are not wildcards; write one pattern a line.',
  ])
})

test.concurrent('what the excludes have left out is said, with how much it was', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(TREE)
  const main = await scene.main({ files: '*.txt\n!*\nsub\n!sub' })
  expect(errorOf(main)).toContain('- No files match "*.txt". The excludes remove everything that it matches (3 files).')
  expect(errorOf(main)).toContain('- No files match "sub". The excludes remove everything that it matches (1 file).')
})

withUnicode('a name in another Unicode form is asked about', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a\u0308.txt': 'decomposed' })
  const main = await scene.main({ files: '\u00e4.txt' })
  expect(errorOf(main)).toContain(
    'No files match "\u00e4.txt". Did you mean "a\u0308.txt"? The same letters can be written in several Unicode forms.',
  )
})

test.concurrent('files whose name begins like a comment: told of, and taken by a path that does not', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ '#a.txt': 'a', 'b.txt': 'b' })
  const main = await scene.main({ files: '#a.txt\n# the rest\nb.txt' })
  expect(annotations(main, 'warning')).toEqual([
    '"#a.txt" is a comment. To mount the file of that name, write "./#a.txt"',
  ])
  expect(mountedPaths(scene)).toEqual(['/b.txt'])
  scene.workspace.write({ list: '#a.txt\n' })
  const listed = await scene.main({ files: 'b.txt', 'files-from': 'list' })
  expect(annotations(listed, 'warning')).toEqual(annotations(main, 'warning'))
  const taken = await scene.main({ files: './#a.txt' })
  expect([annotations(taken, 'error'), annotations(taken, 'warning')]).toEqual([[], []])
  expect(taken.outputs['mounted-count']).toBe('1')
})

test.concurrent.each([
  ['a.csv =>', '"a.csv =>": the mount path after "=>" is missing'],
  ['=> /a.csv', '"=> /a.csv": the pattern before "=>" is missing'],
  ['data/../a.txt', '"data/../a.txt": write it without ".."; did you mean "a.txt"?'],
  ['../x', '"../x": ".." leads out of `root`; set `root` to a folder that holds what you mean'],
  ['["../x"]', '"../x": ".." leads out of `root`; set `root` to a folder that holds what you mean'],
  ['[{"path": "a.csv"}]', 'this one holds objects: use the path of each'],
  ['["a.txt", b.txt]', 'looks like a JSON array but is not valid JSON'],
  ['[\\"a\\", b]', 'set `escape_json: false` on that step'],
])('%j is an invalid input', async (files, message) => {
  await using scene = await Scene.open()
  scene.workspace.write({ a: 'a', 'a.txt': 'a' })
  const error = errorOf(await scene.main({ files }))
  expect(error).toMatch(/^Invalid input:\n- files: /)
  expect(error).toContain(message)
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('values are cut at 200 characters in messages and in the log', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const long = 'x'.repeat(10_000)
  for (const inputs of [
    { files: long },
    { files: `**/${long}` },
    { files: JSON.stringify([long]) },
    { files: `a.txt => /${long.slice(0, 5_000)}` },
    { files: `${long} => x` },
    { files: `a.txt\n!${long} => /x` },
    { files: 'a.txt', root: long },
    { files: 'a.txt', 'mount-path': long },
    { files: 'a.txt', 'files-from': long },
    { files: `/${long}` },
    { files: `a.txt\n!${long}` },
  ]) {
    const main = await scene.main(inputs)
    for (const line of main.stdout.split(/%0A|\n/)) expect(line.length).toBeLessThan(600)
    expect(main.stdout).not.toContain('x'.repeat(201))
  }
})
