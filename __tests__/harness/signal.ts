import {
  type ChildProcess,
  type ChildProcessByStdio,
  type SpawnOptions,
  type StdioOptions,
  spawn,
} from 'node:child_process'
import type { Readable } from 'node:stream'

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL'

const ON_WINDOWS = process.platform === 'win32'

/**
 * What a console would hand to the process; one that does not listen for it ends (STATUS_CONTROL_C_EXIT). The process knows
 * nothing of it, nor do those that it forks.
 */
const CONSOLE = `data:text/javascript,${encodeURIComponent(`
  process.on('message', (key) => process.emit(key, key) || process.exit(0xc000013a)).channel.unref()
  delete process.send
  process.execArgv.splice(0, 2)
`)}`

/**
 * Starts Node so that `sendSignal` can reach it. On Windows, Node can only end another process, and the runner presses
 * Ctrl+C and Ctrl+Break instead: there, these keys come as messages.
 */
export function startNode(
  args: readonly string[],
  options: Omit<SpawnOptions, 'stdio'> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const [preload, channel] = ON_WINDOWS ? [['--import', CONSOLE], ['ipc' as const]] : [[], []]
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...channel]
  const child = spawn(process.execPath, [...preload, ...args], { ...options, stdio })
  return child as ChildProcessByStdio<null, Readable, Readable>
}

/** Tells a process to end as the runner does; it must come from `startNode`. */
export function sendSignal(child: ChildProcess, signal: Signal): void {
  if (signal === 'SIGKILL' || !ON_WINDOWS) child.kill(signal)
  // It may have ended meanwhile.
  else child.send(signal === 'SIGINT' ? 'SIGINT' : 'SIGBREAK', () => {})
}

/**
 * Sends a step a signal once the condition holds. What has not ended by itself so many milliseconds later is killed, so
 * that its exit code is null.
 */
export function signalOnce(condition: () => boolean, signal: Signal, graceMs: number): (child: ChildProcess) => void {
  return (child) => {
    const waiting = setInterval(() => {
      if (!condition()) return
      clearInterval(waiting)
      sendSignal(child, signal)
      const killing = setTimeout(() => child.kill('SIGKILL'), graceMs)
      child.on('exit', () => clearTimeout(killing))
    }, 10)
    child.on('exit', () => clearInterval(waiting))
  }
}

/** Does something once the condition holds while a step runs. */
export function doOnce(condition: () => boolean, act: () => void): (child: ChildProcess) => void {
  return (child) => {
    const waiting = setInterval(() => {
      if (!condition()) return
      clearInterval(waiting)
      act()
    }, 10)
    child.on('exit', () => clearInterval(waiting))
  }
}
