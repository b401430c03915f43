import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { namesHere, onPosix, withUnicode } from '../../harness/system.ts'
import { sha256 } from '../../harness/workspace.ts'

const NFC = '\u00e4.txt'
const NFD = 'a\u0308.txt'

/** Names that trip a careless tool; all are legal on Linux. */
const NAMES = namesHere([
  ' leading and trailing ',
  'dir with space/two  spaces.txt',
  '[x].csv',
  '#a',
  'a#b?c=d&e.txt',
  'a"b',
  "it's.txt",
  'a:b?*<>|',
  'back\\slash\\n.txt',
  '100%25.txt',
  '!bang.txt',
  'a => b.txt',
  '-dash.csv',
  '{a,b}.csv',
  '$HOME `id`.sh',
  '🦊 fox.png',
  '数据/日本語.csv',
  NFC,
  NFD,
  `${'n'.repeat(251)}.csv`,
  `${'数'.repeat(85)}`,
  'noextension',
  'trailing.',
  'archive.tar.gz',
  '...',
  '~',
  'con',
  'zero',
  '::add-mask::x',
  '##[error]x',
  '<b>|`x`|</b>.md',
])

test.concurrent('a literal list mounts every odd name at exactly its path, under a safe upload name', async () => {
  await using scene = await Scene.open()
  const content = (name: string) => (name === 'zero' ? '' : `content of ${name}`)
  scene.workspace.write(Object.fromEntries(NAMES.map((name) => [name, content(name)])))
  const main = await scene.main({ files: JSON.stringify(NAMES) })

  expect(annotations(main, 'error')).toEqual([])
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const [session] = scene.sessions()
  const mounted = scene.mounted(session?.id ?? '')
  expect(Object.fromEntries(Object.entries(mounted).map(([path, file]) => [path, file.sha256]))).toEqual(
    Object.fromEntries(NAMES.map((name) => [`/mnt/session/uploads/${name}`, sha256(content(name))])),
  )
  for (const { upload } of scene.sent()) {
    if (upload === undefined) continue
    // Documented: 1 to 255 characters, none of these, no control characters.
    expect(upload.filename).toMatch(/^[^<>:"|?*\\/\p{Cc}]{1,255}$/u)
    expect(upload.filename).toContain(upload.sha256.slice(0, 12))
    expect(Buffer.byteLength(upload.filename ?? '')).toBeLessThanOrEqual(255)
  }
  const resources = jsonOutput(main, 'resources') as readonly { path: string; mount_path: string; sha256: string }[]
  expect(new Set(resources.map(({ path }) => path))).toEqual(new Set(NAMES))
  for (const { path, ...rest } of resources) {
    expect(rest).toMatchObject({ mount_path: `/mnt/session/uploads/${path}`, sha256: sha256(content(path)) })
  }
  expect(main.outputs['total-bytes']).toBe(
    String(NAMES.reduce((sum, name) => sum + Buffer.byteLength(content(name)), 0)),
  )

  const post = await scene.post(main)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
})

const marked = (stem: string, extension: string) =>
  expect.stringMatching(`^${stem}\\.${sha256('r').slice(0, 12)}-[0-9a-f]{24}\\.${extension}$`)

test.concurrent('an upload keeps its extension, and carries a fingerprint of its content and a mark of its run', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'report.csv': 'r' })
  await scene.main({ files: 'report.csv' })
  expect(scene.uploads()).toMatchObject([{ filename: marked('report', 'csv') }])
})

test.concurrent('an upload has the name that its mount path gives it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'report.csv': 'r' })
  await scene.main({ files: 'report.csv => /data/latest.txt' })
  expect(scene.uploads()).toMatchObject([{ filename: marked('latest', 'txt') }])
})

withUnicode('names that differ only in Unicode form are both mounted, with a warning', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ [NFC]: 'composed', [NFD]: 'decomposed' })
  const main = await scene.main({ files: '*.txt' })
  expect(main.outputs['mounted-count']).toBe('2')
  expect(annotations(main, 'warning').join()).toContain('differ only in case or Unicode form')
})

test.concurrent('a name that looks like a workflow command is printed, not run', async () => {
  await using scene = await Scene.open()
  const names = namesHere(['::add-mask::x', '::error::boo', '  ::stop-commands::y', '##[error]x', '%0A::error::z'])
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))
  const main = await scene.main({ files: JSON.stringify(names) }, { env: { RUNNER_DEBUG: '1' } })
  expect(main.exitCode).toBe(0)
  const commands = main.stdout.split('\n').filter((line) => /^\s*::|##\[/.test(line))
  expect(commands.filter((line) => !/^::(debug|group|endgroup)::/.test(line))).toEqual([])
})

onPosix('a name that looks like markup stays inert in the summary', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ '<img src=x onerror=alert(1)>|`a`|.md': 'm', '</td></tr></table>': 't'.slice(0, 1) })
  const main = await scene.main({ files: '**' })
  expect(main.exitCode).toBe(0)
  expect(main.summary).not.toContain('<img')
  expect(main.summary.match(/<\/table>/g)).toHaveLength(1)
  expect(main.summary).not.toContain('|')
})

onPosix('a control character in a name is refused, by name', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a\nb.csv': 'x', 'good.csv': 'y' })
  const main = await scene.main({ files: '*.csv' })
  expect(main.exitCode).toBe(1)
  expect(annotations(main, 'error').join()).toMatch(/"a\\u\{a\}b\.csv".*control characters/)
  expect(scene.emulator.journal()).toEqual([])
})
