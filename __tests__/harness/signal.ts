import type { ChildProcess } from 'node:child_process'

/**
 * Sends a step a signal once the condition holds. What has not ended by itself so many milliseconds later is killed, so
 * that its exit code is null.
 */
export function signalOnce(
  condition: () => boolean,
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
  graceMs: number,
): (child: ChildProcess) => void {
  return (child) => {
    const waiting = setInterval(() => {
      if (!condition()) return
      clearInterval(waiting)
      child.kill(signal)
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
