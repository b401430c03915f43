// Starts the emulator in a session of its own, so that it outlives this step, and waits for the address that it reports.
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const folder = mkdtempSync(join(process.env.RUNNER_TEMP, 'emulator-'))
const addressFile = join(folder, 'address')
const logFile = join(folder, 'log')

const log = openSync(logFile, 'a')
const emulator = spawn(process.execPath, [join('emulator', 'main.ts'), '--port-file', addressFile], {
  detached: true,
  stdio: ['ignore', log, log],
})
emulator.unref()
appendFileSync(process.env.GITHUB_STATE, `pid=${emulator.pid}\n`)

const address = () => (existsSync(addressFile) ? readFileSync(addressFile, 'utf8').trim() : '')
const deadline = Date.now() + 30_000
while (address() === '' && emulator.exitCode === null && Date.now() < deadline) await sleep(50)

const url = address()
if (url === '') {
  console.log(`::error::the emulator reported no address\n${readFileSync(logFile, 'utf8')}`)
  process.exitCode = 1
} else {
  console.log(`the emulator, process ${emulator.pid}, listens on ${url} (Node ${process.version})`)
  appendFileSync(process.env.GITHUB_STATE, `url=${url}\n`)
  appendFileSync(process.env.GITHUB_OUTPUT, `url=${url}\n`)
}
