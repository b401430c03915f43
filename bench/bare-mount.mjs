/**
 * The requests of C and nothing else: the same uploads and adds, so many at a time over as many connections, by Node's own
 * HTTP client. What it takes above the bound is what the emulator and Node's sockets cost everybody.
 * Usage: bare-mount.mjs FOLDER CONCURRENCY SESSION_ID
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import path from 'node:path'

const [folder, concurrency, sessionId] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) })
const access = {
  'x-api-key': process.env.ANTHROPIC_API_KEY,
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'managed-agents-2026-04-01',
}

function post(route, type, body) {
  return new Promise((resolve, reject) => {
    const headers = { ...access, 'content-type': type, 'content-length': body.length }
    const sent = request(
      `${process.env.ANTHROPIC_BASE_URL}${route}`,
      { method: 'POST', agent, headers },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(JSON.parse(text)))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const files = entries.map((entry) => path.join(entry.parentPath, entry.name)).sort()
const uploads = await Promise.all(
  files.map((file) => {
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${path.basename(file)}"\r\n\r\n`
    return post(
      '/v1/files',
      'multipart/form-data; boundary=b',
      Buffer.concat([Buffer.from(head), readFileSync(file), Buffer.from('\r\n--b--\r\n')]),
    )
  }),
)
await Promise.all(
  uploads.map(({ id }, n) => {
    const resource = { type: 'file', file_id: id, mount_path: `/${path.relative(folder, files[n])}` }
    return post(`/v1/sessions/${sessionId}/resources`, 'application/json', Buffer.from(JSON.stringify(resource)))
  }),
)
agent.destroy()
