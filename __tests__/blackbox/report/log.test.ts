import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'

function writeMany(scene: Scene, number: number): void {
  scene.workspace.write(Object.fromEntries(Array.from({ length: number }, (_, i) => [`part-${i}.json`, `${i}`])))
}

const added = ({ stdout }: StepResult, prefix: string) =>
  stdout.split('\n').filter((line) => line.startsWith(`${prefix}  add `))

test.concurrent('a plan of 500 files takes 50 lines, and the manifest has all of it', async () => {
  await using scene = await Scene.open()
  writeMany(scene, 500)
  const main = await scene.main({ files: '*.json' })
  expect(main.exitCode).toBe(0)
  expect(added(main, '')).toHaveLength(50)
  // The session that is created has a line of its own.
  expect(main.stdout).toMatch(/^ {2}and 451 more lines, which debug logging shows$/m)
  const manifest = readFileSync(main.outputs['manifest-path'] ?? '', 'utf8')
  expect(JSON.parse(manifest)).toHaveProperty('resources.length', 500)
  expect(main.stdout.split('\n').length).toBeLessThan(80)
})

test.concurrent('with debug logging, a plan is all there', async () => {
  await using scene = await Scene.open()
  writeMany(scene, 60)
  const main = await scene.main({ files: '*.json', 'dry-run': 'true' }, { env: { RUNNER_DEBUG: '1' } })
  expect(added(main, '')).toHaveLength(50)
  expect(added(main, '::debug::')).toHaveLength(10)
})

test.concurrent('without debug logging, no line is for debugging, whatever the flow', async () => {
  await using scene = await Scene.open({
    agentScript: {
      turns: [
        [
          { act: 'message', text: 'Done' },
          { act: 'idle', stopReason: 'end_turn' },
        ],
      ],
    },
  })
  writeMany(scene, 3)
  scene.workspace.write({ 'sub/deep/x.txt': 'x' })
  const inputs = { files: '**/*.json\nsub/**\n!*.md', prompt: 'Go', wait: 'true', archive: 'always' }
  const { main, post } = await scene.job(inputs)
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  for (const { stdout, stderr } of [main, post]) expect(`${stdout}${stderr}`).not.toMatch(/::debug::/)
})
