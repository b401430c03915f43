import { Anthropic } from '@anthropic-ai/sdk'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Client } from '../../src/api/client.ts'
import { apiKey } from '../../src/api/credentials/api-key.ts'
import { CASES } from './cases.ts'
import { differingHeaders, expectedDifferences } from './headers.ts'
import { messageOf } from './message.ts'
import { ourClient } from './our-client.ts'
import { type RecordedRequest, Recorder } from './recorder.ts'
import type { WireCase } from './wire-case.ts'

const KEY = 'sk-ant-api03-wire'

let recorder: Recorder
let client: Client
let anthropic: Anthropic
let closeTransport: () => Promise<void>

beforeAll(async () => {
  recorder = await Recorder.start()
  const ours = await ourClient(recorder.baseUrl, apiKey(KEY))
  client = ours.client
  closeTransport = ours.close
  anthropic = new Anthropic({ apiKey: KEY, baseURL: recorder.baseUrl.origin, maxRetries: 0 })
})

afterAll(async () => {
  await closeTransport()
  await recorder.close()
})

describe.each(Object.entries(CASES))('%s sends what the SDK sends', (_endpoint, cases) => {
  test.each(Object.entries(cases))('%s', async (_what, wireCase) => {
    const { ours, sdk } = await recordBoth(wireCase)

    expect(ours).toHaveLength(wireCase.replies.length)
    expect(await Promise.all(ours.map(messageOf))).toStrictEqual(await Promise.all(sdk.map(messageOf)))
    expect(ours.map((request, index) => differingHeaders(request.headers, sdk[index]?.headers ?? {}))).toEqual(
      sdk.map(expectedDifferences),
    )
  })

  test.each(Object.entries(cases))('%s: credential, version and length as designed', async (_what, wireCase) => {
    const { ours, sdk } = await recordBoth(wireCase)

    for (const { headers, body } of ours) {
      expect(headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2023-06-01' })
      expect(Number(headers['content-length'] ?? 0)).toBe(body.length)
      expect(headers).not.toHaveProperty('transfer-encoding')
    }
    for (const { headers } of sdk) expect(headers).toMatchObject({ authorization: `Bearer ${KEY}` })
  })
})

async function recordBoth(wireCase: WireCase): Promise<Readonly<Record<'ours' | 'sdk', readonly RecordedRequest[]>>> {
  return {
    ours: await recorder.record(wireCase.replies, () => wireCase.ours(client)),
    sdk: await recorder.record(wireCase.replies, () => wireCase.sdk(anthropic)),
  }
}
