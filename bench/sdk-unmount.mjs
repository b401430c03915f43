/**
 * Takes away by the official SDK what `sdk-mount.mjs` mounted on an existing session, so many calls at a time.
 * Usage: sdk-unmount.mjs CONCURRENCY RECORD
 */
import { readFile } from 'node:fs/promises'
import Anthropic from '@anthropic-ai/sdk'
import pLimit from 'p-limit'

const [concurrency, record] = process.argv.slice(2)
const client = new Anthropic()
const limit = pLimit(Number(concurrency))

const { session, resources, uploads } = JSON.parse(await readFile(record, 'utf8'))
await limit.map(resources, (id) => client.beta.sessions.resources.delete(id, { session_id: session }))
await limit.map(uploads, (id) => client.files.delete(id))
