// A step of the workflow: the session holds this repository at the commit of the run, as the outputs say.
import assert from 'node:assert/strict'

const { EMULATOR_URL, OUTPUTS, REPOSITORY, SHA } = process.env
const outputs = JSON.parse(OUTPUTS)
const get = async (path) => (await fetch(`${EMULATOR_URL}/_emulator/${path}`)).json()

const { sessions } = await get('snapshot')
const session = sessions.find(({ id }) => id === outputs['session-id'])
assert.ok(session, `no session ${outputs['session-id']} on the server`)
const [held, ...others] = session.resources.filter(({ type }) => type === 'github_repository')
assert.deepEqual(others, [])

const { url, checkout, mount_path: mountPath, id } = held
assert.equal(url, `https://github.com/${REPOSITORY}`)
assert.deepEqual(checkout, { type: 'commit', sha: SHA })
assert.equal(mountPath, `/workspace/${REPOSITORY.split('/')[1]}`)
assert.deepEqual(
  ['repository-resource-id', 'repository-mount-path', 'checkout-sha'].map((name) => outputs[name]),
  [id, mountPath, SHA],
)
console.log(`${url} at ${SHA} is at ${mountPath} of session ${session.id}`)
