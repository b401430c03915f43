import { appendFileSync } from 'node:fs'

const { env } = process

/** Where AWS would hand out the role's credentials, they come from a variable. */
const credentials = JSON.parse(env.ROLE_CREDENTIALS ?? '{}')

if (!env['INPUT_ROLE-TO-ASSUME']?.startsWith('arn:aws:iam::')) throw new Error('role-to-assume is no role')
const { status } = await fetch(`${env.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sts.amazonaws.com`, {
  headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
})
if (status !== 200) throw new Error(`Could not get an OIDC token: ${status}`)
const region = env['INPUT_AWS-REGION'] ?? ''
const exported = { AWS_DEFAULT_REGION: region, AWS_REGION: region, ...credentials }
for (const secret of Object.values(credentials)) console.log(`::add-mask::${secret}`)
for (const [name, value] of Object.entries(exported)) appendFileSync(env.GITHUB_ENV ?? '', `${name}=${value}\n`)
