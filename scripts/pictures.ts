/**
 * Takes the pictures of the job summary in docs/pictures: real runs of dist against the emulator, their Markdown as
 * GitHub shows it, light and dark, by a headless Chromium. A page that asks the network for anything is an error.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Scene } from '../__tests__/harness/scene.ts'
import { findChromium, pageOf, takePicture } from './browser.ts'

const FOLDER = path.resolve(import.meta.dirname, '../docs/pictures')
/** What is pictured, and how high the picture is, in pixels. */
interface Picture {
  readonly name: string
  readonly height: number
  readonly summary: () => Promise<string>
}

const REPLY = `# Findings

I read the **three reports**. Two things stand out:

1. Orders fell by 12 % in week 46, all of it in the north.
2. \`stock.csv\` lists 14 articles that no order names.

| Region | Week 45 | Week 46 | Change |
| --- | ---: | ---: | ---: |
| North | 171 | 120 | −30 % |
| South | 179 | 180 | +1 % |

All rows are in \`/mnt/session/outputs/findings.md\`.`

const PICTURES: readonly Picture[] = [
  { name: 'summary-small', height: 830, summary: smallRun },
  { name: 'summary-verdict', height: 620, summary: gradedRun },
  { name: 'summary-large', height: 620, summary: largeRun },
  { name: 'summary-failed', height: 420, summary: failedRun },
]

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

async function gradedRun(): Promise<string> {
  await using scene = await Scene.open({
    agentScript: {
      turns: [
        [
          { act: 'spend', cents: 21 },
          { act: 'evaluate', result: 'needs_revision', explanation: 'The change for the south is missing.' },
          { act: 'spend', cents: 13 },
          { act: 'message', text: REPLY },
          {
            act: 'evaluate',
            result: 'satisfied',
            explanation: 'Both regions have a figure for each week, and every figure stands in the data.',
          },
          { act: 'idle' },
        ],
      ],
    },
  })
  scene.workspace.write({
    'reports/north.csv': 'week,orders\n46,120\n'.repeat(90),
    'rubric.md': 'Every figure stands in the data.',
  })
  const outcome = { prompt: 'What stands out in these reports?', 'rubric-file': 'rubric.md', budget: '2.50' }
  const run = await scene.main({ files: 'reports/*.csv', ...outcome, wait: 'true' })
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

const chromium = findChromium()
if (chromium === undefined) throw new Error('There is no Chromium on the PATH; name one with CHROMIUM.')
mkdirSync(FOLDER, { recursive: true })
for (const { name, height, summary } of PICTURES) {
  const markdown = await summary()
  for (const theme of ['light', 'dark'] as const) {
    const file = path.join(FOLDER, `${name}-${theme}.png`)
    const requests = takePicture(chromium, pageOf(markdown, theme), { file, height })
    if (requests.length > 0) throw new Error(`${name} asked for ${requests.join(', ')}`)
  }
  console.log(`${name}: ${Buffer.byteLength(markdown)} bytes of Markdown`)
}
