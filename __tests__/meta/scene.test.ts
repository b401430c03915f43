import { existsSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { Scene } from '../harness/scene.ts'
import { Workspace } from '../harness/workspace.ts'

test('a scene removes what its steps have written, and no folder that it has not made', async () => {
  using temp = new Workspace()
  temp.write({ 'somebody.txt': 'else’s' })
  let manifest = ''
  let own = ''
  {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const elsewhere = await scene.main({ files: 'a.txt' }, { env: { RUNNER_TEMP: temp.root } })
    const ordinary = await scene.main({ files: 'a.txt' })
    manifest = elsewhere.outputs['manifest-path'] ?? ''
    own = ordinary.temp
    expect([existsSync(manifest), existsSync(own)]).toEqual([true, true])
  }
  expect([existsSync(manifest), existsSync(own), existsSync(temp.path('somebody.txt'))]).toEqual([false, false, true])
})
