import { expect, test } from '@jest/globals'
import { mountedArchive } from '../../harness/archive.ts'
import { Scene } from '../../harness/scene.ts'

const archive = { files: '**', archive: 'always' }

/** Prints what the system knows of a process when it ends. */
const SYSTEM = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from 'node:fs'
  process.on('exit', () => {
    const read = (name) => readFileSync('/proc/self/' + name, 'utf8')
    console.error(/VmHWM:.*/.exec(read('status'))[0].replace(/\\s+/, ' '))
    console.error(/rchar:.*/.exec(read('io'))[0])
  })
`)}`

interface Cost {
  readonly peakMegabytes: number
  readonly readMegabytes: number
}

async function costOf(scene: Scene, inputs: Readonly<Record<string, string>>): Promise<Cost> {
  const { exitCode, stderr } = await scene.main(inputs, { nodeOptions: ['--import', SYSTEM] })
  expect(exitCode).toBe(0)
  const number = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(stderr)?.[1])
  return { peakMegabytes: number('VmHWM') / 1000, readMegabytes: number('rchar') / 1e6 }
}

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('each file is read once, and little of it is in memory', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const little = await costOf(scene, archive)
  const text = Buffer.alloc(60_000_000, 'a line of text that packs well\n')
  scene.workspace.write({ 'big.txt': text, 'big2.txt': text })
  scene.workspace.write(
    Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d/${i}.txt`, text.subarray(0, 10_000)])),
  )
  const much = await costOf(scene, archive)
  expect(much.readMegabytes - little.readMegabytes).toBeLessThan(1.2 * 150)
  expect(much.peakMegabytes - little.peakMegabytes).toBeLessThan(70)
})

test.concurrent('a dry run packs nothing, and says about how large the archive would be', async () => {
  await using scene = await Scene.open({ store: 'disk' })
  scene.workspace.write(
    Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`${i}.json`, JSON.stringify({ id: i, words: words(i) })]),
    ),
  )
  const dry = await scene.main({ ...archive, 'dry-run': 'true' })
  expect(dry).toMatchObject({ exitCode: 0, outputs: { 'unpack-command': '' } })
  expect(dry.stdout).not.toMatch(/Packed/)
  const [, size = ''] = /^Archive of 400 files \(\d+ KB\), about (\d+) KB packed$/m.exec(dry.stdout) ?? []
  expect(dry.stdout).toContain(`"files.tar.gz" → "/mnt/session/uploads/files.tar.gz" (about ${size} KB)`)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  const main = await scene.main(archive)
  const packed = Number(main.outputs['total-bytes']) / 1000
  expect(mountedArchive(scene).mountPath).toBe('/mnt/session/uploads/files.tar.gz')
  expect(Number(size)).toBeGreaterThan(0.7 * packed)
  expect(Number(size)).toBeLessThan(1.4 * packed)
})

/** Text of which no two files have the same, and that packs to about a half. */
function words(seed: number): readonly string[] {
  return Array.from({ length: 200 }, (_, i) => ((seed * 7919 + i * 104729) % 1_000_003).toString(36))
}
