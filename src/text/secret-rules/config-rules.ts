import { assigned, type Rule } from './rule.ts'

/** Passwords as the settings of tools hold them. */
export const CONFIG_RULES: readonly Rule[] = [
  {
    id: 'a Docker login',
    literals: ['"auth"', '"identitytoken"'],
    pattern: /"(?:auth|identitytoken)"\s*:\s*"([A-Za-z0-9+/=_.-]{16,})"/g,
    example: '{"auths":{"ghcr.io":{"auth":"«me:{24}»"}}}',
    source: 'https://docs.docker.com/reference/cli/docker/login/#credential-stores',
    isSecret: ([, auth = '']) => auth.startsWith('ey') || auth.length > 200 || isUserAndPassword(auth),
  },
  {
    id: 'a login of git',
    literals: ['extraheader', 'AUTHORIZATION: basic', 'Authorization: Basic', 'authorization: basic'],
    pattern:
      /(?:extraheader\s*=\s*|(?:AUTHORIZATION|[Aa]uthorization): (?:[Bb]asic|[Bb]earer) )(?:AUTHORIZATION: (?:basic|bearer) )?([A-Za-z0-9+/=_.-]{16,})/g,
    example: '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic «x-access-token:{40}»',
    source: 'https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader',
    isSecret: ([, auth = '']) => isUserAndPassword(auth),
  },
  {
    id: 'a Maven password',
    literals: ['<password>', '<passphrase>'],
    pattern: /<server>(?:(?!<\/server>)[\s\S]){0,800}?<(?:password|passphrase)>\s*([^<$\s][^<$]{3,400}?)\s*</g,
    example: '<servers><server><id>a</id><username>me</username><password>{20}</password></server></servers>',
    source: 'https://maven.apache.org/settings.html#Servers',
  },
  {
    id: 'a NuGet password',
    literals: ['"ClearTextPassword"', '"Password"', 'apikeys'],
    pattern: /key="(?:ClearTextPassword|Password)"\s+value="([^"%$]{6,})"/g,
    example: '<add key="ClearTextPassword" value="{20}" />',
    source: 'https://learn.microsoft.com/nuget/reference/nuget-config-file#packagesourcecredentials',
  },
  {
    id: 'a Composer login',
    literals: ['"http-basic"', '"github-oauth"', '"gitlab-token"', '"gitlab-oauth"', '"bitbucket-oauth"'],
    pattern:
      /"(?:http-basic|github-oauth|gitlab-token|gitlab-oauth|bitbucket-oauth|bearer)"\s*:\s*\{[^}]{0,400}?"(?:password|token|consumer-secret|[a-z0-9.-]+\.[a-z]{2,})"\s*:\s*(?:\{[^}]{0,200}?"(?:password|token)"\s*:\s*)?"([^"$%{]{8,})"/g,
    example: '{"http-basic":{"repo.acme.io":{"username":"me","password":"{20}"}}}',
    source: 'https://getcomposer.org/doc/articles/authentication-for-private-packages.md',
  },
  {
    id: 'a Terraform output marked as sensitive',
    literals: ['"sensitive": true', '"sensitive":true', '"sensitive_attributes"'],
    pattern:
      /"value"\s*:\s*"([^"]{6,})"[^{}]{0,200}?"sensitive"\s*:\s*true|"sensitive"\s*:\s*true[^{}]{0,200}?"value"\s*:\s*"([^"]{6,})"/g,
    example: '"db_password": {\n "value": "{20}",\n "type": "string",\n "sensitive": true\n}',
    source: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  },
  {
    id: 'a password of a key store or mail server',
    literals: ['.p12.password', 'SMTP_PASS', 'KEYSTORE_PASS', 'storePassword', 'keyPassword'],
    pattern: assigned(
      'SMTP_PASS(?:WORD)?|KEYSTORE_PASS(?:WORD)?|storePassword|keyPassword',
      '[A-Za-z0-9!#%&+/_-]{12,}',
    ),
    example: 'storePassword={19}7',
    source: 'https://developer.android.com/studio/publish/app-signing#secure-shared-keystore',
    isSecret: ([, value = '']) => /\d/.test(value) && /[A-Za-z]/.test(value),
  },
]

/** Whether Base64 holds what basic authentication sends: `user:password` (RFC 7617). */
function isUserAndPassword(base64: string): boolean {
  const [, password] = /^[\x20-\x7e]*?:([\x20-\x7e]{4,})$/.exec(Buffer.from(base64, 'base64').toString('latin1')) ?? []
  return password !== undefined && !/^(?:pass(?:word|wd)?|secret|test|token|\W+)$/i.test(password)
}
