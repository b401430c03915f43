/**
 * Mounts all files below a folder by the official SDK: uploads and adds so many at a time, a new session with all of
 * its resources in one call. What it made goes to a file, by which `sdk-unmount.mjs` takes it away again.
 * Usage: sdk-mount.mjs FOLDER CONCURRENCY RECORD [SESSION_ID]
 */
import { openAsBlob } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import pLimit from 'p-limit'

const [folder, concurrency, record, sessionId] = process.argv.slice(2)
const client = new Anthropic()
const limit = pLimit(Number(concurrency))

const entries = await readdir(folder, { recursive: true, withFileTypes: true })
const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))

const resources = await limit.map(files.sort(), async (file) => {
  const blob = await openAsBlob(file)
  const upload = await client.files.upload({ file: new File([blob], path.basename(file)), expires_in_seconds: 86_400 })
  return { type: 'file', file_id: upload.id, mount_path: `/${path.relative(folder, file)}` }
})

const mounted =
  sessionId === undefined
    ? await client.beta.sessions.create({
        agent: process.env.AGENT_ID,
        environment_id: process.env.ENVIRONMENT_ID,
        resources,
      })
    : {
        id: sessionId,
        resources: await limit.map(resources, (resource) => client.beta.sessions.resources.add(sessionId, resource)),
      }

const made = {
  session: mounted.id,
  resources: mounted.resources.map(({ id }) => id),
  uploads: resources.map((resource) => resource.file_id),
}
await writeFile(record, JSON.stringify(made))
