// A step of the workflow: what the action says in its outputs is what the server holds.
import assert from 'node:assert/strict'

const { EMULATOR_URL, OUTPUTS, MOUNT_PATHS } = process.env
const outputs = JSON.parse(OUTPUTS)
const snapshot = await (await fetch(`${EMULATOR_URL}/_emulator/snapshot`)).json()

const session = snapshot.sessions.find(({ id }) => id === outputs['session-id'])
assert.ok(session, `no session ${outputs['session-id']} on the server`)

const held = new Map(session.resources.map((resource) => [resource.id, resource]))
const contents = new Map(snapshot.files.map(({ id, sha256 }) => [id, sha256]))
const resources = JSON.parse(outputs.resources)
for (const { resource_id, file_id, mount_path, sha256 } of resources) {
  const found = held.get(resource_id)
  assert.deepEqual([found?.file_id, found?.mount_path, contents.get(file_id)], [file_id, mount_path, sha256])
}
const sorted = (values) => [...values].sort()
assert.deepEqual(sorted(JSON.parse(outputs['resource-ids'])), sorted(resources.map((one) => one.resource_id)))
assert.deepEqual(sorted(JSON.parse(outputs['file-ids'])), sorted(resources.map((one) => one.file_id)))
assert.equal(Number(outputs['mounted-count']), resources.length)
assert.equal(
  Number(outputs['total-bytes']),
  resources.reduce((sum, { size }) => sum + size, 0),
)

const paths = resources.map((one) => one.mount_path)
for (const wanted of MOUNT_PATHS.trim().split('\n')) {
  assert.ok(
    paths.some((path) => path.endsWith(wanted)),
    `${wanted} is not among ${paths.join(', ')}`,
  )
}
console.log(`${resources.length} files on session ${session.id}, as the outputs say`)
