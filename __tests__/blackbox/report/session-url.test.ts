import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { type Change, Gateway } from '../../harness/gateway.ts'
import { ConnectProxy } from '../../harness/proxy.ts'
import { Scene } from '../../harness/scene.ts'
import { TlsFront } from '../../harness/tls.ts'

const CONSOLE = 'https://platform.claude.com/workspaces'
const SILENT = { noWorkspaceId: true } as const

async function openScene(options: Parameters<typeof Scene.open>[0] = {}): Promise<Scene> {
  const scene = await Scene.open(options)
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

test.concurrent('the workspace of the link is the one that the replies name', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt' })
  const url = `${CONSOLE}/wrkspc_emulator/sessions/${main.outputs['session-id']}`
  expect(main.outputs['session-url']).toBe(url)
  expect(main.summary).toContain(`href="${url}"`)
  expect(main.stdout).toContain(`(${url})`)
})

test.concurrent('another server that names no workspace: no link is invented', async () => {
  await using scene = await openScene({ lenient: SILENT })
  const main = await scene.main({ files: 'a.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['session-id']).toMatch(/^sesn_/)
  expect(main.outputs['session-url']).toBe('')
  for (const text of [main.summary, main.stdout]) expect(text).not.toContain('platform.claude.com')
})

test.concurrent('a workspace id that is none is not taken for one', async () => {
  await using scene = await openScene()
  const change: Change = () => ({ headers: { 'anthropic-workspace-id': '../../evil"><img>' } })
  await using gateway = await Gateway.start(scene.emulator.url, change)
  const main = await scene.main({ files: 'a.txt', 'base-url': gateway.url })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['session-url']).toBe('')
  expect(main.summary).not.toContain('evil')
})

test.concurrent('the service itself, where it names no workspace: the default one', async () => {
  await using scene = await openScene({ lenient: SILENT })
  await using front = await TlsFront.start(scene.emulator.url)
  await using proxy = await ConnectProxy.start({ target: new URL(front.url) })
  const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  const main = await scene.main({ files: 'a.txt', 'base-url': 'https://api.anthropic.com' }, { env })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['session-url']).toBe(`${CONSOLE}/default/sessions/${main.outputs['session-id']}`)
})
