import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { doOnce } from '../../harness/signal.ts'
import { parseCommandFile } from '../../harness/step.ts'

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', 'd.txt': 'd' })
  return scene
}

/** How the runner may give the file of the state, by its path. */
const UNUSABLE: Readonly<Record<string, (file: string) => string>> = {
  'not set': () => '',
  'the path of no file': (file) => file,
  'a folder': (file) => {
    mkdirSync(file)
    return file
  },
  'on a full disk': (file) => {
    symlinkSync('/dev/full', file)
    return file
  },
}

test.concurrent.each(Object.entries(UNUSABLE))(
  'GITHUB_STATE is %s: one error, and nothing is sent, but for a dry run',
  async (name, make) => {
    await using scene = await openScene()
    const env = { GITHUB_STATE: make(scene.workspace.path('state')) }
    const main = await scene.main({ files: '*.txt' }, { env })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/^Could not record what this step changes \(.+\)\. Without a record/)
    const advice =
      name === 'on a full disk' ? 'Free disk space on the runner.' : 'Check the file that GITHUB_STATE names.'
    expect(errorOf(main)).toContain(advice)
    expect(scene.requests()).toEqual([])
    const dry = await scene.main({ files: '*.txt', 'dry-run': 'true' }, { env })
    expect(dry.exitCode).toBe(0)
  },
)

test.concurrent.each(['undo', 'keep'])(
  'a disk that is full in the middle stops the run like a signal, and post removes what it made: on-partial: %s',
  async (onPartial) => {
    await using scene = await openScene()
    const [state, kept] = [scene.workspace.path('state'), scene.workspace.path('kept')]
    writeFileSync(state, '')
    const fill = () => {
      renameSync(state, kept)
      symlinkSync('/dev/full', state)
    }
    const isSecond = () => scene.uploads().length === 2
    // The reply to the second one comes when the disk is full.
    scene.emulator.addFault({ kind: 'slow', delayMs: 1500, match: { method: 'POST', path: '^/v1/files$' }, times: 9 })
    const inputs = { files: '*.txt', concurrency: '1', 'on-partial': onPartial }
    const main = await scene.main(inputs, { env: { GITHUB_STATE: state }, onStart: doOnce(isSecond, fill) })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(annotations(main, 'error')).toHaveLength(1)
    expect(errorOf(main)).toMatch(/Could not record .*ENOSPC.*Free disk space on the runner/)
    expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/files'])
    expect(scene.uploads()).toHaveLength(2)
    const post = await scene.post({ ...main, state: parseCommandFile(readFileSync(kept, 'utf8')) }, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)
