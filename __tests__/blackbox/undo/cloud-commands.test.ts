import { execFile } from 'node:child_process'
import { chmodSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { type Cloud, openCloud } from '../../harness/cloud.ts'

const GONE = {
  aws: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' },
  'google-cloud': { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' },
} as const

/** By what the command needs of the shell. */
const WAYS: readonly (readonly [string, Cloud, object])[] = [
  ['AWS, signed', 'aws', {}],
  ['AWS, with a key', 'aws', { ANTHROPIC_AWS_API_KEY: 'sk-ant-emulator' }],
  ['Google Cloud', 'google-cloud', {}],
]

test.concurrent.each(WAYS)('%s: the commands for what is left remove it', async (_, platform, key) => {
  await using scene = await openCloud(platform)
  const main = await scene.main({ ...scene.given, 'session-cleanup': 'delete' }, { env: { ...key } })
  const post = await scene.post(main, scene.given, { env: GONE[platform] })
  const [warning = ''] = annotations(post, 'warning')
  const [script = ''] = /^for path in[\s\S]*^done$/m.exec(warning) ?? []
  expect(scene.uploads()).toHaveLength(1)
  // What only those have who work in Google Cloud: a command that prints a token.
  const { authorization = '' } = scene.emulator.accessHeaders()
  scene.workspace.write({ 'bin/gcloud': `#!/bin/sh\necho "${authorization.replace('Bearer ', '')}"\n` })
  chmodSync(scene.workspace.path('bin/gcloud'), 0o755)
  const env = { ...scene.env, ...key, PATH: `${scene.workspace.path('bin')}${path.delimiter}${process.env.PATH}` }
  await promisify(execFile)('bash', ['-c', script], { env })
  expect([scene.uploads(), scene.sessions()]).toEqual([[], []])
})
