import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { ASK, sceneWith } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'

/** A later step gets an output as one variable of its environment, for which Linux takes 128 KiB. */
const MAX_BYTES = 100_000

async function run(count: number, folder: string) {
  const scene = await Scene.open()
  const files = Array.from({ length: count }, (_, n) => [`${folder}/${n}.txt`, `${n}`] as const)
  scene.workspace.write(Object.fromEntries(files))
  return { scene, main: await scene.main({ files: '**' }), [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() }
}

test.concurrent('the list of resources is left empty when it has more than 100,000 bytes; the manifest has it', async () => {
  await using done = await run(250, `${'語'.repeat(40)}/${'data'.repeat(10)}`)
  const { main } = done
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs.resources).toBe('[]')
  expect(annotations(main, 'warning')).toEqual([
    expect.stringMatching(/^The output `resources` would have 1\d\d,\d{3} bytes, .* is empty\. .*`manifest-path`/),
  ])
  const manifest = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest.resources).toHaveLength(250)
  for (const value of Object.values(main.outputs)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(MAX_BYTES)
  expect(jsonOutput(main, 'resource-ids')).toHaveLength(250)
})

test.concurrent('a list just below that is set', async () => {
  await using done = await run(250, 'data')
  const size = Buffer.byteLength(done.main.outputs.resources ?? '')
  expect(size).toBeGreaterThan(60_000)
  expect(size).toBeLessThanOrEqual(MAX_BYTES)
  expect(annotations(done.main, 'warning')).toEqual([])
})

test.concurrent.each([
  ['as many bytes as an output may have is whole', MAX_BYTES, 'a'.repeat(MAX_BYTES)],
  ['one more is cut', MAX_BYTES + 1, `${'a'.repeat(MAX_BYTES - Buffer.byteLength('…'))}…`],
])('a reply of %s', async (_, bytes, reply) => {
  await using scene = await sceneWith([{ act: 'message', text: 'a'.repeat(bytes) }, { act: 'idle' }])
  const main = await scene.main(ASK)
  expect(annotations(main, 'warning')).toEqual([])
  expect(main.outputs.reply).toBe(reply)
})
