// Post steps run last in, first out: this one runs after those of all actions that stand below the emulator in the job.
const { STATE_url: url, STATE_pid: pid } = process.env

async function leftovers() {
  const reply = await fetch(`${url}/_emulator/snapshot`)
  if (!reply.ok) throw new Error(`the emulator answered its snapshot with ${reply.status}`)
  const { files, sessions } = await reply.json()
  return [...files, ...sessions].map(({ id }) => id)
}

function stop(emulatorId) {
  try {
    process.kill(emulatorId)
  } catch (error) {
    console.log(`the emulator had ended before: ${error.message}`)
  }
}

try {
  if (url) {
    const left = await leftovers()
    if (left.length > 0) throw new Error(`left on the server: ${left.join(', ')}`)
    console.log('the emulator holds no file and no session')
  }
} catch (error) {
  console.log(`::error::${error.message}`)
  process.exitCode = 1
} finally {
  stop(Number(pid))
}
