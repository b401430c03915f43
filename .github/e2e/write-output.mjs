// A step of the workflow: the session's agent writes a file.
import assert from 'node:assert/strict'

const { EMULATOR_URL, SESSION_ID, FILENAME, CONTENT } = process.env
const response = await fetch(`${EMULATOR_URL}/_emulator/sessions/${SESSION_ID}/outputs`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ filename: FILENAME, content: CONTENT }),
})
assert.equal(response.status, 200, await response.text())
