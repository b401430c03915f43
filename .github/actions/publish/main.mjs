// Each part may have been done by an attempt before this one, and is then left as it is.
import { readFileSync } from 'node:fs'
import { request } from '../github.mjs'

const { INPUT_VERSION: version, GITHUB_SHA: sha, GITHUB_REF: ref } = process.env

function assertVersion() {
  if (!/^v[1-9]\d*\.\d+\.\d+$/.test(version)) throw new Error(`not a version like v1.2.3: ${JSON.stringify(version)}`)
  const own = JSON.parse(readFileSync('package.json', 'utf8')).version
  if (version !== `v${own}`) throw new Error(`package.json says that this is ${own}, not ${version}`)
  if (ref !== 'refs/heads/main') throw new Error(`releases are made from main, not from ${ref}`)
}

/** Undefined if it is not there. */
async function find(path) {
  try {
    return await request('GET', path)
  } catch (error) {
    if (error.status === 404) return undefined
    throw error
  }
}

/** The commit of a tag, which may have an object of its own. */
async function commitOf(tag) {
  const object = (await find(`git/ref/tags/${tag}`))?.object
  return object?.type === 'tag' ? (await request('GET', `git/tags/${object.sha}`)).object.sha : object?.sha
}

/** A version is never published twice: one that is there must be this commit. */
async function tag() {
  const tagged = await commitOf(version)
  if (tagged === undefined) await request('POST', 'git/refs', { ref: `refs/tags/${version}`, sha })
  else if (tagged !== sha) throw new Error(`${version} is there already, at ${tagged}`)
}

async function release() {
  if ((await find(`releases/tags/${version}`)) === undefined)
    await request('POST', 'releases', { tag_name: version, name: version, generate_release_notes: true })
}

/** Before anything is made: those who follow the major tag are never sent back. */
async function assertAhead(major) {
  const present = await commitOf(major)
  if (present === undefined) return
  const { status } = await request('GET', `compare/${present}...${sha}`)
  if (status !== 'ahead' && status !== 'identical')
    throw new Error(`${sha} is ${status} of ${major}, which is at ${present}`)
}

/** In one update: at no moment is there no major tag. */
async function move(major) {
  const isThere = (await find(`git/ref/tags/${major}`)) !== undefined
  if (isThere) await request('PATCH', `git/refs/tags/${major}`, { sha, force: true })
  else await request('POST', 'git/refs', { ref: `refs/tags/${major}`, sha })
}

try {
  assertVersion()
  const major = version.split('.')[0]
  await assertAhead(major)
  await tag()
  await release()
  await move(major)
  console.log(`${version} and ${major} are ${sha}`)
} catch (error) {
  console.log(`::error::${error.message}`)
  process.exitCode = 1
}
