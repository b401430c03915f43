// Runs with a token that may write, on files that a stranger's package may have written: it reads them, and nothing more.
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from '../github.mjs'

const DEPENDABOT = { login: 'dependabot[bot]', id: 49699333 }
/** What the bundler writes into the folder of an action. */
const BUNDLED = /^dist\/([a-z]+)\/(?:(?:\d+\.)?index\.js|licenses\.txt|package\.json|built-from\.json)$/
const UPDATED = ['package.json', 'package-lock.json']
const MAX_FILES = 100
const MAX_BYTES = 50_000_000

const { INPUT_FOLDER: folder, INPUT_BRANCH: branch, INPUT_SHA: sha, GITHUB_REPOSITORY: repository } = process.env

/** Fails unless the branch's pull request is Dependabot's, for the default branch, still at the commit, and of packages only. */
async function assertDependabots() {
  const owner = repository.split('/')[0]
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}` })
  const [found, ...others] = await request('GET', `pulls?${query}`)
  if (found === undefined || others.length > 0) throw new Error(`${branch} has not one open pull request`)
  const { number, user, head, base } = found
  if (user.login !== DEPENDABOT.login || user.id !== DEPENDABOT.id) throw new Error(`#${number} is not Dependabot's`)
  if (head.repo?.full_name !== repository) throw new Error(`#${number} comes from another repository`)
  if (base.ref !== base.repo.default_branch) throw new Error(`#${number} is not for ${base.repo.default_branch}`)
  if (head.sha !== sha) throw new Error(`#${number} has moved on to ${head.sha}`)
  const files = await request('GET', `pulls/${number}/files?per_page=100`)
  const other = files.map(({ filename }) => filename).find((name) => !UPDATED.includes(name) && !BUNDLED.test(name))
  if (other !== undefined) throw new Error(`#${number} changes more than packages: ${JSON.stringify(other)}`)
}

/** The regular files below the folder, by the path that they have in the repository. */
function filesBelow(path, name) {
  const status = lstatSync(path)
  if (status.isDirectory())
    return readdirSync(path).flatMap((entry) => filesBelow(join(path, entry), `${name}/${entry}`))
  if (!status.isFile()) throw new Error(`${JSON.stringify(name)} is neither a file nor a folder`)
  return [{ path: name, size: status.size, read: () => readFileSync(path) }]
}

/** Fails unless these are bundles of the actions that are there, one for each, and of a sensible size. */
function assertBundles(files, actions) {
  const odd = files.find(({ path }) => !actions.includes(BUNDLED.exec(path)?.[1]))
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd.path)} is not a file of a bundle`)
  const lacking = actions.find((action) => !files.some(({ path }) => path === `dist/${action}/index.js`))
  if (lacking !== undefined) throw new Error(`dist/${lacking}/index.js is missing`)
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (files.length > MAX_FILES || bytes > MAX_BYTES)
    throw new Error(`${files.length} files of ${bytes} bytes are too much`)
}

const blobSha = (content) => createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')

async function commit() {
  await assertDependabots()
  const { tree } = await request('GET', `git/commits/${sha}`)
  const listed = await request('GET', `git/trees/${tree.sha}?recursive=1`)
  if (listed.truncated) throw new Error('GitHub lists only a part of the files')
  const held = new Map(listed.tree.flatMap(({ type, path, sha }) => (type === 'blob' ? [[path, sha]] : [])))
  const bundled = [...held.keys()].filter((path) => path.startsWith('dist/'))
  const actions = [...new Set(bundled.map((path) => path.split('/')[1]))]
  const files = filesBelow(folder, 'dist')
  assertBundles(files, actions)

  const contents = files.map(({ path, read }) => ({ path, content: read() }))
  const changed = contents.filter(({ path, content }) => held.get(path) !== blobSha(content))
  const gone = bundled.filter((path) => !files.some((file) => file.path === path))
  if (changed.length + gone.length === 0) return console.log('dist is current')

  const entry = (path, sha) => ({ path, mode: '100644', type: 'blob', sha })
  const entries = gone.map((path) => entry(path, null))
  for (const { path, content } of changed) {
    const blob = await request('POST', 'git/blobs', { content: content.toString('base64'), encoding: 'base64' })
    entries.push(entry(path, blob.sha))
  }
  const made = await request('POST', 'git/trees', { base_tree: tree.sha, tree: entries })
  const message = 'Rebuild dist'
  const { sha: commitSha } = await request('POST', 'git/commits', { message, tree: made.sha, parents: [sha] })
  // Not forced: if the branch has moved on meanwhile, GitHub refuses
  await request('PATCH', `git/refs/heads/${branch}`, { sha: commitSha, force: false })
  console.log(`committed ${changed.length} changed and ${gone.length} removed files as ${commitSha}`)
}

await commit().catch((error) => {
  console.log(`::error::${error.message}`)
  process.exitCode = 1
})
