import type { IncomingHttpHeaders } from 'node:http'
import type { RecordedRequest } from './recorder.ts'

/**
 * The headers in which our requests differ from the SDK's, all of them, and why (`../shared/design.md`, "Speaking to
 * the service"). Everything else is equal, `anthropic-beta`, `accept` and `content-type` of JSON above all.
 */
const DIFFERING_HEADERS = {
  'anthropic-version': 'we speak 2023-06-01, which every document names; the SDK speaks its own newest',
  authorization: 'the SDK sends an API key as a bearer token; we send nothing here',
  'x-api-key': 'we send an API key here, as the documents do',
  'user-agent': 'each says who it is',
  'x-stainless-*': 'the SDK tells about its machine and its attempt; we do not',
  // The rest is of the HTTP library: the SDK calls `fetch`, we call `undici.request`.
  'accept-encoding': '`fetch` takes compressed answers',
  'accept-language': '`fetch` sends `*`',
  'sec-fetch-mode': '`fetch` sends `cors`',
} as const

/** In a multipart request these differ too. */
const DIFFERING_MULTIPART_HEADERS = {
  'content-type': 'holds the boundary, which is random',
  'content-length': 'counts the boundary, which is of another length',
} as const

/** In the request that opens a stream this differs too. */
const DIFFERING_STREAM_HEADERS = {
  accept: 'we ask for `text/event-stream`, as the documents do; the SDK asks for JSON and takes the stream',
} as const

/** Names of the headers that only one side has or that differ in value, sorted; a family counts as one. */
export function differingHeaders(ours: IncomingHttpHeaders, theirs: IncomingHttpHeaders): readonly string[] {
  const names = Object.keys({ ...ours, ...theirs }).filter((name) => ours[name] !== theirs[name])
  return [...new Set(names.map((name) => name.replace(/^x-stainless-.*/, 'x-stainless-*')))].sort()
}

/** Names of the headers that may and must differ, sorted. */
export function expectedDifferences({ headers, target }: RecordedRequest): readonly string[] {
  const stream = target.endsWith('/stream') ? DIFFERING_STREAM_HEADERS : {}
  const multipart = headers['content-type']?.startsWith('multipart/') ? DIFFERING_MULTIPART_HEADERS : {}
  return Object.keys({ ...DIFFERING_HEADERS, ...multipart, ...stream }).sort()
}
