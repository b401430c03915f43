import { generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { zipSync } from 'fflate'
import { annotations } from '../../harness/annotation.ts'
import { madeUp } from '../../harness/made-up.ts'
import { Scene } from '../../harness/scene.ts'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const PEM = String(key.export({ type: 'pkcs8', format: 'pem' }))
const DER = key.export({ type: 'pkcs8', format: 'der' })
const API_KEY = madeUp('sk-ant-api03-{93}AA', 7)
const SLACK = madeUp('xoxb-{12:d}-{13:d}-{24}')

/** Kinds of secrets that people have in files of innocent names, made up by the documented formats. */
const HELD: Readonly<Record<string, string | Buffer>> = {
  'base64-pem.txt': Buffer.from(PEM).toString('base64'),
  'base64-der.txt': DER.toString('base64'),
  'log.txt': PEM.trimEnd().replaceAll(/^/gm, '2027-01-01T12:00:00Z deploy | '),
  'kube.yml': `users:\n- name: me\n  user:\n    client-key-data: ${Buffer.from(PEM).toString('base64')}\n`,
  'putty.txt': madeUp(
    'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: me\nPublic-Lines: 1\n{64:b}\nPrivate-Lines: 1\n{64:b}\n',
  ),
  'jwk.json': JSON.stringify(key.export({ format: 'jwk' })),
  'key.bin': DER,
  'age.txt': madeUp('# public key: age1x\nAGE-SECRET-KEY-1{58:age}\n'),
  'utf16-le.txt': Buffer.from(`\ufeffTOKEN=${SLACK}\r\n`, 'utf16le'),
  'utf16-be.txt': Buffer.from(`\ufeffTOKEN=${SLACK}\r\n`, 'utf16le').swap16(),
  'old.log.gz': gzipSync(`TOKEN=${SLACK}\n`),
  'report.zip': Buffer.from(zipSync({ 'a.txt': Buffer.from('a'), 'b.txt': Buffer.from(`TOKEN=${SLACK}\n`) })),
  'aws-alone.txt': madeUp('AWS_SECRET_ACCESS_KEY={39}/\n'),
  'docker.json': madeUp('{"auths":{"ghcr.io":{"auth":"«me:{24}»"}}}'),
  'gitconfig.txt': madeUp('[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic «x-access-token:{36}»\n'),
  'slack.txt': SLACK,
  'slack-hook.txt': madeUp('https://hooks.slack.com/services/T{10:A}/B{10:A}/{24}'),
  'stripe.txt': madeUp('sk_live_{24}'),
  'openai.txt': madeUp('OPENAI_API_KEY=sk-proj-{74}T3BlbkFJ{74}'),
  'npm.txt': madeUp('npm_{36}'),
  'pypi.txt': madeUp('pypi-AgEIcHlwaS5vcmc{140}'),
  'gitlab.txt': madeUp('glpat-{20}'),
  'hugging-face.txt': madeUp('hf_{34:L}'),
  'google.txt': madeUp('AIza{35}'),
  'google-oauth.txt': madeUp('GOCSPX-{28}'),
  'sendgrid.txt': madeUp('SG.{22}.{43}'),
  'twilio.txt': madeUp('TWILIO_AUTH_TOKEN={32:h}'),
  'digitalocean.txt': madeUp('dop_v1_{64:h}'),
  'databricks.txt': madeUp('dapi{32:h}'),
  'vault.txt': madeUp('hvs.{95}'),
  'shopify.txt': madeUp('shpat_{32:h}'),
  'linear.txt': madeUp('lin_api_{40}'),
  'doppler.txt': madeUp('dp.st.prd.{43}'),
  'cloudflare.txt': madeUp('CLOUDFLARE_API_TOKEN={40}'),
  'azure-sas.txt': madeUp('https://a.blob.core.windows.net/b?sv=2024-11-04&se=2027-06-01&sr=c&sp=r&sig={43}%3D'),
  'azure-client.txt': madeUp('{3}8Q~{34}'),
  'jwt.txt': madeUp('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ{24}.{86}'),
  'postgres.txt': madeUp('DATABASE_URL=postgres://app:{18}@db.acme.io:5432/app'),
  'state.json': madeUp('{"outputs":{"password":{"value":"{20}","type":"string","sensitive":true}}}'),
  'maven.xml': madeUp('<settings><servers><server><id>a</id><password>{20}</password></server></servers></settings>'),
  'own.txt': API_KEY,
  'own-base64.txt': Buffer.from(`key: ${API_KEY}`).toString('base64'),
  'own-utf16.txt': Buffer.from(API_KEY, 'utf16le'),
  'own.gz': gzipSync(`key: ${API_KEY}`),
  'own-address.txt': `?key=${encodeURIComponent(API_KEY)}&x`,
}

const INPUTS = { 'anthropic-api-key': API_KEY }

test.concurrent('a wildcard leaves each of them out, and one warning says what it holds', async () => {
  await using scene = await Scene.open({ apiKey: API_KEY })
  scene.workspace.write({ ...HELD, 'ordinary.txt': 'x' })
  const main = await scene.main({ ...INPUTS, files: '**' })
  expect(annotations(main, 'error')).toEqual([])
  const [session] = scene.sessions()
  expect(Object.keys(scene.mounted(session?.id ?? ''))).toEqual(['/mnt/session/uploads/ordinary.txt'])
  const warnings = annotations(main, 'warning').filter((warning) => /sensitive/.test(warning))
  expect(warnings).toHaveLength(1)
  expect(
    Object.keys(HELD).filter(
      (name) => !warnings[0]?.includes(`"${name}" holds a`) && !warnings[0]?.includes(`"${name}" holds one of`),
    ),
  ).toEqual([])
  expect(main.stdout).not.toContain(SLACK)
})

test.concurrent('named by a line, each is an error, and nothing is sent', async () => {
  await using scene = await Scene.open({ apiKey: API_KEY })
  scene.workspace.write(HELD)
  const main = await scene.main({ ...INPUTS, files: Object.keys(HELD).join('\n') })
  expect(main.exitCode).toBe(1)
  const error = annotations(main, 'error').join('\n')
  expect(Object.keys(HELD).filter((name) => !error.includes(`"${name}" holds`))).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a secret past every size is found', async () => {
  const bytes = Buffer.alloc(70 * 1024 * 1024, 'lorem ipsum dolor\n')
  bytes.write(`\n${SLACK}\n`, 69 * 1024 * 1024)
  await using scene = await Scene.open()
  scene.workspace.write({ 'large.log': bytes, 'a.txt': 'a' })
  const main = await scene.main({ files: '**' })
  expect(annotations(main, 'warning').join()).toContain('"large.log" holds a Slack token')
  expect(main.outputs['mounted-count']).toBe('1')
})
