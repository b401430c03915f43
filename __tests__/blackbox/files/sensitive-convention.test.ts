import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

/** Names that tools keep credentials under, one of each kind, with an innocent content; what a folder holds, by the folder. */
const HELD = [
  ...['prod.env', 'local.env', 'sub/a.env', '.envrc', '.env_prod', '.dev.vars'],
  ...['terraform.tfstate', 'terraform.tfstate.backup', 'secrets.tfvars', 'prod.auto.tfvars.json', '.terraformrc'],
  '.terraform.d/credentials.tfrc.json',
  ...[
    '.git-credentials',
    '.config/git/credentials',
    '.config/gh/hosts.yml',
    '.config/hub',
    '.config/glab-cli/config.yml',
  ],
  ...['.cargo/credentials', '.cargo/credentials.toml', '.m2/settings.xml', '.m2/settings-security.xml'],
  ...['.gradle/gradle.properties', '.gem/credentials', '.bundle/config', '.composer/auth.json'],
  ...['.config/pypoetry/auth.toml', '.sbt/credentials', '.hex/hex.config'],
  ...['service-account.json', 'my-service_account-key.json', 'application_default_credentials.json'],
  ...['client_secret_1.apps.googleusercontent.com.json', '.databrickscfg', '.snowsql/config', '.dbt/profiles.yml'],
  ...['.pulumi/credentials.json', '.vault-token', '.vault_pass', '.ansible/vault_pass', '.config/doctl/config.yaml'],
  ...['.fly/config.yml', '.vercel/auth.json', '.netlify/config.json', '.wrangler/config/default.toml', '.sentryclirc'],
  ...['.huggingface/token', 'kaggle.json', '.modal.toml'],
  ...['id_ed25519.bak', 'deploy_id_rsa', 'deploy_key', 'a.ppk', 'a.jks', 'a.bks', 'a.kdbx', 'AuthKey_1.p8'],
  ...['secring.gpg', 'a.ovpn', 'wg0.conf'],
  ...['.htpasswd', '.pgpass', '.my.cnf', '.mylogin.cnf', '.boto', '.s3cfg', 'rclone.conf'],
  ...['kubeconfig', 'prod.kubeconfig', 'k3s.yaml', '.dockercfg', '.dockerconfigjson', '.config/containers/auth.json'],
  ...['secrets.yml', 'config/secrets.yaml', 'credentials.json', '.claude/.credentials.json', '.claude.json'],
  ...['.bash_history', '.zsh_history', '.psql_history', '.python_history'],
  ...['.ftpconfig', 'sftp-config.json', 'filezilla.xml', 'a.har', 'cookies.txt', 'storage_state.json'],
  ...['.hg/hgrc', 'bare.git/config'],
] as const

const HELD_BY_FOLDER = [
  '.config/gcloud/credentials.db',
  '.azure/msal_token_cache.json',
  '.oci/config',
  '.aliyun/config.json',
  '.anthropic/credentials',
  '.password-store/a.gpg',
  '.svn/auth/svn.simple/1',
] as const

/** Names that stand for files without credentials as often, each with the reason why its name does not count. */
const PASSES: Readonly<Record<string, string>> = {
  '.flaskenv': 'made to be committed; what is private goes to .env',
  '.yarnrc.yml': 'made to be committed; a token in it is found',
  'pip.conf': 'names an index; a password in its address is found',
  'nuget.config': 'names feeds; a password in it is found',
  'gradle.properties': 'settings of a project; only that of the home folder holds logins',
  'settings.xml': 'of Maven as of much else; a password of a server in it is found',
  '.wandb/settings': 'names an entity and a project; the key goes to .netrc',
  'auth.json': 'as often the words of a login page; a login of Composer or a registry in it is found',
  'locales/en/auth.json': 'the words of a login page',
  'a.der': 'mostly a certificate; a key in it is found',
  core: 'as often a folder or a program; a memory dump is told by its first bytes',
  'a.dmp': 'also exports of databases; a memory dump is told by its first bytes',
  'charts/a/templates/secrets.yaml': 'a template of a chart, which names values',
  'example.env': 'an example',
  '.env.sample': 'an example',
  '.dev.vars.example': 'an example',
  'deploy_key.pub': 'a public key',
  'id_ed25519.pub': 'a public key',
  'src/credentials.ts': 'source',
  'tsconfig.json': 'settings',
}

const HELD_ALL = [...HELD, ...HELD_BY_FOLDER]
const text = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `about ${name}\n`]))

test.concurrent('each name of a place for credentials is held back from a wildcard, and each other one passes', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(text([...HELD_ALL, ...Object.keys(PASSES)]))
  const main = await scene.main({ files: '**', 'include-hidden-files': 'true' })
  expect(annotations(main, 'error')).toEqual([])
  const [session] = scene.sessions()
  const mounted = Object.keys(scene.mounted(session?.id ?? '')).map((at) => at.replace('/mnt/session/uploads/', ''))
  expect(mounted.toSorted()).toEqual(Object.keys(PASSES).toSorted())
})

test.concurrent('named by a line, each is an error that names it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(text(HELD_ALL))
  const main = await scene.main({ files: HELD_ALL.join('\n') })
  expect(main.exitCode).toBe(1)
  const error = annotations(main, 'error').join('\n')
  expect(HELD_ALL.filter((name) => !error.includes(`"${name}" may contain credentials`))).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each([
  ['a folder', 'fixtures', ['fixtures/a.env', 'fixtures/sub/id_rsa']],
  ['a folder with a slash', 'fixtures/', ['fixtures/a.env', 'fixtures/sub/id_rsa']],
  ['a wildcard', 'fixtures/*.env', ['fixtures/a.env']],
  ['any depth', '**/id_rsa', ['fixtures/sub/id_rsa', 'keys/id_rsa']],
  ['a name with brackets', 'app/[id]/.env', ['app/[id]/.env']],
  ['what is named', './keys/id_rsa', ['keys/id_rsa']],
  ['nothing near', 'id_rsa', []],
])('allow-sensitive-files takes patterns: %s', async (_, allowed, expected) => {
  await using scene = await Scene.open()
  scene.workspace.write(text(['a.txt', 'fixtures/a.env', 'fixtures/sub/id_rsa', 'keys/id_rsa', 'app/[id]/.env']))
  const main = await scene.main({ files: '**', 'include-hidden-files': 'true', 'allow-sensitive-files': allowed })
  const [session] = scene.sessions()
  const mounted = Object.keys(scene.mounted(session?.id ?? '')).map((at) => at.replace('/mnt/session/uploads/', ''))
  expect(annotations(main, 'error')).toEqual([])
  expect(mounted.toSorted()).toEqual(['a.txt', ...expected].toSorted())
})
