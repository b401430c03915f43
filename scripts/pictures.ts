/**
 * Takes the pictures of the job summary in docs/pictures: real runs of dist against the emulator, their Markdown as
 * GitHub shows it, light and dark, by a headless Chromium (`CHROMIUM` names it, else `chromium`).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Marked } from 'marked'
import markedAlert from 'marked-alert'
import { Scene } from '../__tests__/harness/scene.ts'

const FOLDER = path.resolve(import.meta.dirname, '../docs/pictures')
const THEMES = { light: '#ffffff', dark: '#0d1117' } as const

type Theme = keyof typeof THEMES

/** What is pictured, and how high the picture is, in pixels. */
interface Picture {
  readonly name: string
  readonly height: number
  readonly summary: () => Promise<string>
}

const REPLY = `I read the three reports. Two things stand out:

1. Orders fell by 12 % in week 46, all of it in the north.
2. \`stock.csv\` lists 14 articles that no order names.

The full table is in /mnt/session/outputs/findings.md.`

const PICTURES: readonly Picture[] = [
  { name: 'summary-empty', height: 250, summary: emptyRun },
  { name: 'summary-small', height: 640, summary: smallRun },
  { name: 'summary-large', height: 560, summary: largeRun },
  { name: 'summary-failed', height: 420, summary: failedRun },
]

async function emptyRun(): Promise<string> {
  await using scene = await Scene.open()
  const run = await scene.main({ files: 'reports/*.csv', 'if-no-files-found': 'warn' })
  return run.summary
}

async function smallRun(): Promise<string> {
  await using scene = await Scene.open({
    agentScript: {
      turns: [
        [
          { act: 'message', text: REPLY },
          { act: 'idle', stopReason: 'end_turn' },
        ],
      ],
    },
  })
  scene.workspace.write({
    'reports/north.csv': 'week,orders\n46,120\n'.repeat(90),
    'reports/south.csv': 'week,orders\n46,180\n'.repeat(120),
    'stock.csv': 'article,pieces\n'.repeat(400),
    'test.log': 'ok\n'.repeat(2000),
  })
  const files = 'reports/*.csv\nstock.csv\ntest.log => /logs/test-output.log'
  const run = await scene.main({ files, prompt: 'What stands out in these reports?', wait: 'true' })
  return run.summary
}

async function largeRun(): Promise<string> {
  await using scene = await Scene.open()
  const name = (i: number) => `data/region-${String(i % 9).padStart(2, '0')}/part-${String(i).padStart(3, '0')}.json`
  const write = (from: number, to: number, text: string) => {
    for (let i = from; i < to; i++)
      scene.workspace.write({ [name(i)]: `{"part":${i},"text":"${text.repeat(i % 50)}"}` })
  }
  write(0, 490, 'before ')
  const inputs = { files: 'data/**/*.json', 'session-name': 'Nightly data', cleanup: 'never', prune: 'true' }
  await scene.main(inputs)
  write(0, 12, 'after ')
  write(490, 500, 'new ')
  scene.workspace.remove(name(100))
  const run = await scene.main(inputs)
  return run.summary
}

async function failedRun(): Promise<string> {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.csv': '1', 'b.csv': '2', 'c.csv': '3', '.hidden.csv': '4' })
  scene.emulator.addFault({
    kind: 'status',
    status: 400,
    message: 'b.csv: not today',
    nth: 2,
    match: { method: 'POST' },
  })
  const run = await scene.main({ files: '*.csv', concurrency: '1' })
  return run.summary
}

function pageOf(markdown: string, theme: Theme): string {
  const css = createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${theme}.css`)
  const body = new Marked(markedAlert()).parse(markdown, { async: false })
  return `<!doctype html><meta charset="utf-8"><style>${readFileSync(css, 'utf8')}
    body { margin: 0; background: ${THEMES[theme]} } .markdown-body { padding: 24px; max-width: 980px }</style>
    <article class="markdown-body">${body}</article>`
}

function take(page: string, picture: string, height: number): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'))
  writeFileSync(path.join(folder, 'page.html'), page)
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']
  const { status, stderr } = spawnSync(process.env.CHROMIUM ?? 'chromium', [
    ...flags,
    ...['--no-first-run', '--hide-scrollbars', '--force-device-scale-factor=1'],
    `--user-data-dir=${path.join(folder, 'profile')}`,
    `--window-size=1020,${height}`,
    `--screenshot=${picture}`,
    path.join(folder, 'page.html'),
  ])
  rmSync(folder, { recursive: true, force: true })
  if (status !== 0) throw new Error(`chromium ended with ${status}: ${stderr}`)
}

mkdirSync(FOLDER, { recursive: true })
for (const { name, height, summary } of PICTURES) {
  const markdown = await summary()
  for (const theme of ['light', 'dark'] as const) {
    take(pageOf(markdown, theme), path.join(FOLDER, `${name}-${theme}.png`), height)
  }
  console.log(`${name}: ${Buffer.byteLength(markdown)} bytes of Markdown`)
}
