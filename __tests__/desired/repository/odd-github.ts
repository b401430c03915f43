import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type GitHubScene, WORKFLOW_TOKEN } from './github-scene.ts'

/** What asks whether a repository is there, and for no more of it. */
export const onlyTheRepository = (path: string): boolean => /^\/repos\/[^/]+\/[^/]+$/.test(path)

/** A GitHub that answers with this status and body, but to what is told to be well. */
export async function answering(on: GitHubScene, status: number, body: object, isWell = (_path: string) => false) {
  const { github } = on
  const server = createServer(async (request, response) => {
    if (isWell(request.url ?? '')) {
      const well = await fetch(`${github.url}${request.url}`, { headers: { authorization: `token ${WORKFLOW_TOKEN}` } })
      response.writeHead(200, { 'content-type': 'application/json' }).end(await well.text())
    } else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const env = { GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  return { env, [Symbol.dispose]: () => void server.close() }
}
