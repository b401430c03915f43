import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { namesHere, withLinks } from '../../harness/system.ts'

const ESC = '\u001b'
const RLO = '\u202e'

/** Names that a log, a terminal, or a page could take for something else; all can be mounted. */
const NAMES = [
  '::error::x',
  '::error file=a.js,line=1::x',
  '  ::warning::x',
  '%0A::add-mask::y',
  '%0D%0A::set-output name=session-id::y',
  '##[error]x',
  '##[group]x',
  '::stop-commands::z',
  '::endgroup::',
  'a|b',
  '<img src=x>',
  '<img src=x onerror=alert(1)>.md',
  '</td></tr></table><h1>x',
  '<!-- x',
  '[x](https:evil.example)',
  '![x](https:evil.example)',
  '`x` **b** _i_ ~~s~~',
  '@octocat #1',
  '&lt;b&gt;',
  '\\`x\\`',
  '$(id) `id` $HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  '${{ secrets.X }}',
] as const

/** Those of them that files can have here. */
const HERE = namesHere(NAMES)

const REFUSED = [
  `${ESC}[31mred`,
  `${ESC}]0;title\u0007`,
  'a\n::error::b',
  'a\r::warning::b',
  '\u009b31m',
  `${RLO}gpj.exe`,
  'a\u2066b\u2069',
  '\u200bzero\u200b',
] as const

/** A text of a server, or of a user, with all of it. */
const HOSTILE = `boo\n::error::x\r\n::add-mask::y%0A::warning::z ##[error]w ${ESC}[31m ${RLO}gpj <img src=x> | \`c\` [l](https://e) \u2028::notice::v`

const OURS = /^::(debug|group|endgroup|warning|error|notice)::/

/** What the runner would do for a line, or a terminal; nothing that is not ours may be among it. */
function expectInert(step: StepResult, expected: { readonly errors: number }): void {
  const lines = step.stdout.split(/\r\n|[\n\r\u2028\u2029\u0085]/)
  const commands = lines.filter((line) => /^\s*::/.test(line) || line.includes('##['))
  expect(commands.filter((line) => !OURS.test(line))).toEqual([])
  expect(annotations(step, 'error')).toHaveLength(expected.errors)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
  const active = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
  for (const text of [step.stdout, step.stderr, step.summary]) expect(active.exec(text)).toBeNull()
  expect(step.masks.filter((mask) => mask === 'x' || mask === 'y')).toEqual([])
  expect(step.outputs['session-id']).not.toBe('y')
  expectInertSummary(step.summary)
}

/** The tags and Markdown of the summary are ours. */
function expectInertSummary(summary: string): void {
  const tags = [...summary.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map(([, tag]) => tag)
  expect(
    tags.filter(
      (tag) => !['table', 'tr', 'th', 'td', 'code', 'a', 'details', 'summary', 'br', 'ul', 'li'].includes(tag ?? ''),
    ),
  ).toEqual([])
  expect(summary.match(/<table>/g)?.length ?? 0).toBe(summary.match(/<\/table>/g)?.length ?? 0)
  expect(summary.match(/<table>/g)?.length ?? 0).toBeLessThanOrEqual(1)
  expect(summary).not.toMatch(/\]\(|`|\*\*|~~|\|/)
  expect(summary).not.toMatch(/(^|[^&\w])[@#](octocat|1\b)/m)
}

const DEBUG = { env: { RUNNER_DEBUG: '1' } }

const write = (scene: Scene, names: readonly string[]) =>
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))

test.concurrent('names that are mounted', async () => {
  await using scene = await Scene.open()
  write(scene, HERE)
  const { main, post } = await scene.job({ files: JSON.stringify(HERE) }, DEBUG)
  expect(main.outputs['mounted-count']).toBe(String(HERE.length))
  expectInert(main, { errors: 0 })
  expectInert(post, { errors: 0 })
})

withLinks('names that are left out: hidden, sensitive, broken links, linked folders', async () => {
  await using scene = await Scene.open()
  write(scene, ['a.txt', 'sub/b.txt', ...HERE.map((name) => `.hidden${name}`), ...HERE.map((name) => `${name}.pem`)])
  for (const [index, name] of HERE.entries()) {
    scene.workspace.link(`${name}.broken`, `nowhere-${index}`)
    scene.workspace.link(`${name}.folder`, 'sub')
  }
  for (const follow of ['false', 'true']) {
    const main = await scene.main({ files: '**', 'follow-symbolic-links': follow }, DEBUG)
    expect(annotations(main, 'warning').length).toBeGreaterThanOrEqual(2)
    expectInert(main, { errors: 0 })
  }
})

test.concurrent.each(namesHere(REFUSED))('a name that is refused: %j', async (name) => {
  await using scene = await Scene.open()
  write(scene, [name, 'good.txt'])
  for (const files of ['**', JSON.stringify([name])]) {
    const main = await scene.main({ files }, DEBUG)
    expect(main.exitCode).toBe(1)
    expectInert(main, { errors: 1 })
  }
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('names in errors: sensitive, outside, missing, too many for one path', async () => {
  await using scene = await Scene.open()
  write(
    scene,
    HERE.map((name) => `${name}.key`),
  )
  const sensitive = await scene.main({ files: JSON.stringify(HERE.map((name) => `${name}.key`)) }, DEBUG)
  const missing = await scene.main({ files: JSON.stringify([...NAMES, ...REFUSED]) }, DEBUG)
  const patterns = await scene.main({ files: NAMES.map((name) => `none/${name}`).join('\n') }, DEBUG)
  const outside = await scene.main({ files: JSON.stringify(NAMES.map((name) => `../${name}`)) }, DEBUG)
  for (const main of [sensitive, missing, patterns, outside]) {
    expect(main.exitCode).toBe(1)
    expectInert(main, { errors: 1 })
  }
})

const CALLS = ['^/v1/files$', '/resources$'].flatMap((path) =>
  [2, Math.min(9, HERE.length)].map((nth) => ({ path, nth })),
)

test.concurrent.each(CALLS)('a file that could not be uploaded or added, by its name: $path, $nth', async (call) => {
  await using scene = await Scene.open()
  write(scene, HERE)
  const id = await createSession(scene.emulator)
  const { path, nth } = call
  const match = { method: 'POST', path }
  scene.emulator.addFault({ kind: 'status', status: 400, message: HOSTILE, match, nth, times: 99 })
  const main = await scene.main({ files: JSON.stringify(HERE), 'session-id': id, concurrency: '1' }, DEBUG)
  expect(errorOf(main)).toMatch(/could not be/)
  expectInert(main, { errors: 1 })
  scene.emulator.clearFaults()
  expectInert(await scene.post(main, { 'session-id': id }, DEBUG), { errors: 0 })
})

const MESSAGES: readonly (readonly [string, Partial<Fault>, string])[] = [
  ['a refusal', { status: 400 }, 'POST'],
  ['a refusal in plain text', { status: 400, envelope: false }, 'POST'],
  ['a refused key', { status: 401 }, 'POST'],
  ['a limit', { status: 429, retryAfter: '0.2', times: 2 }, 'POST'],
  ['a read that fails', { status: 500, times: 2 }, 'GET'],
]

test.concurrent.each(MESSAGES)('what the server says in %s', async (_, fault, method) => {
  await using scene = await Scene.open()
  write(scene, ['a.txt'])
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ kind: 'status', message: HOSTILE, match: { method }, times: 99, ...fault })
  const { main, post } = await scene.job({ files: 'a.txt', 'session-id': id }, DEBUG)
  expectInert(main, { errors: main.exitCode ?? 0 })
  expectInert(post, { errors: 0 })
})

test.concurrent('what the server says to post', async () => {
  await using scene = await Scene.open()
  write(scene, HERE)
  const main = await scene.main({ files: JSON.stringify(HERE) }, DEBUG)
  scene.emulator.addFault({ kind: 'status', status: 403, message: HOSTILE, match: { method: 'DELETE' }, times: 999 })
  const post = await scene.post(main, {}, DEBUG)
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toHaveLength(1)
  expectInert(post, { errors: 0 })
})

test.concurrent('what the inputs say', async () => {
  await using scene = await Scene.open()
  write(scene, ['a.txt'])
  const wrong = await scene.main({ files: HOSTILE, cleanup: HOSTILE, 'session-id': HOSTILE, root: HOSTILE }, DEBUG)
  expect(errorOf(wrong)).toContain('cleanup')
  const rest = await scene.main({ files: HOSTILE, root: HOSTILE }, DEBUG)
  const titled = await scene.main({ files: 'a.txt', 'session-title': HOSTILE, metadata: 'a=::error::x' }, DEBUG)
  const named = await scene.main({ files: 'a.txt', 'session-name': '::error::x|<img src=x>' }, DEBUG)
  const mapped = await scene.main({ files: 'a.txt => /::error::x/<img src=x>|y' }, DEBUG)
  expectInert(wrong, { errors: 1 })
  expectInert(rest, { errors: 1 })
  for (const main of [titled, named, mapped]) expectInert(main, { errors: main.exitCode ?? 0 })
})
