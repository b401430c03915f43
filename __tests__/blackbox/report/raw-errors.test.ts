import { chmodSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { downloadStep } from '../../harness/download.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { ON_WINDOWS } from '../../harness/system.ts'

/** As Node, and what is written in it, words its errors. */
const RAW: readonly RegExp[] = [
  /\b(connect|getaddrinfo|read|write|open|realpath|lstat|stat|mkdir|scandir|rename|link) E[A-Z]{3,}\b/,
  /\bE[A-Z]{4,}: [a-z]/,
  /\b(Syntax|Type|Range|Reference|Aggregate)?Error: /,
  /Unexpected (token|end|non-whitespace)|JSON at position/,
  /\[object |\bundefined\b|\bNaN\b|node:internal/,
  /^\s+at .*:\d+/m,
]

type Inputs = Readonly<Record<string, string>>

/** Windows has no modes that would stop anybody. */
const UNREADABLE: Readonly<Record<string, (scene: Scene) => Promise<StepResult>>> = {
  'a file that may not be read': (scene) => {
    scene.workspace.write({ 'b.txt': 'b' })
    chmodSync(path.join(scene.workspace.root, 'b.txt'), 0o000)
    return mount(scene, { files: 'b.txt' }, true)
  },
  'a folder that may not be read': (scene) => {
    scene.workspace.write({ 'sub/b.txt': 'b' })
    chmodSync(path.join(scene.workspace.root, 'sub'), 0o000)
    return mount(scene, { files: 'sub/**' }, true)
  },
}

const CASES: typeof UNREADABLE = {
  ...(ON_WINDOWS ? {} : UNREADABLE),
  'a file in the place of a folder': (scene) => mount(scene, { files: 'a.txt/b.txt' }),
  'a root that is a file': (scene) => mount(scene, { root: 'a.txt' }),
  'a list of files that is a folder': (scene) => {
    mkdirSync(path.join(scene.workspace.root, 'sub'))
    return mount(scene, { files: '', 'files-from': 'sub' })
  },
  'a prompt whose file is not there': (scene) => mount(scene, { 'prompt-file': 'a.txt/x' }),
  'a name that is too long': (scene) => mount(scene, { 'prompt-file': 'x'.repeat(5_000) }),
  'a JSON array that breaks off': (scene) => mount(scene, { files: '["a.txt", ' }),
  'a server that is not there': (scene) => mount(scene, { 'base-url': 'http://127.0.0.1:1' }),
  'a host that is not there': (scene) => mount(scene, { 'base-url': 'https://nothing.invalid' }),
  'a server that speaks no HTTP': async (scene) => {
    const server = createServer((socket) => socket.end('hello\r\n')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { readonly port: number }
    const step = await mount(scene, { 'base-url': `http://127.0.0.1:${port}` })
    server.close()
    return step
  },
  'a connection that breaks': (scene) => {
    scene.emulator.addFault({ kind: 'reset-before-read', match: { path: '^/v1/' }, times: 9 })
    return mount(scene, {})
  },
  'a reply that breaks off': (scene) => {
    scene.emulator.addFault({ kind: 'truncated-json', match: { path: '^/v1/' }, times: 9 })
    return mount(scene, {})
  },
  'a reply of another shape': (scene) => {
    scene.emulator.addFault({ kind: 'wrong-shape', match: { path: '^/v1/' }, times: 9 })
    return mount(scene, {})
  },
  'a page in place of a reply': (scene) => {
    scene.emulator.addFault({ kind: 'html', match: { path: '^/v1/' }, times: 9 })
    return mount(scene, {})
  },
  'a proxy that is none': (scene) => mount(scene, {}, false, { HTTP_PROXY: 'http://127.0.0.1:1' }),
  'a runner without a folder for temporary files': (scene) =>
    mount(scene, {}, false, { RUNNER_TEMP: path.join(scene.workspace.root, 'a.txt', 'temp') }),
  'a download below a file': async (scene) =>
    downloadStep(scene, { 'session-id': await createSession(scene.emulator), path: 'a.txt/out' }),
  'a download into a folder with too long a name': async (scene) =>
    downloadStep(scene, { 'session-id': await createSession(scene.emulator), path: 'x'.repeat(5_000) }),
}

function mount(scene: Scene, inputs: Inputs, asNobody = false, env = {}): Promise<StepResult> {
  if (asNobody) chmodSync(scene.workspace.root, 0o755)
  return scene.main({ files: 'a.txt', ...inputs }, { asNobody, env })
}

test.concurrent.each(Object.keys(CASES))('%s: the error is in words', async (name) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const step = await CASES[name]?.(scene)
  const said = `${step?.stdout}${step?.stderr}`.replaceAll('%0A', '\n')
  expect(said).toMatch(/^::(error|warning)::/m)
  for (const raw of RAW) expect(raw.exec(said)?.[0]).toBeUndefined()
})
