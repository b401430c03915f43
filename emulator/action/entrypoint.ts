/** The action's program: its main step, the emulator that outlives it, and its post step. */
import { getState, saveState, setFailed } from '@actions/core'
import { end } from './end.ts'
import { serve } from './serve.ts'
import { start } from './start.ts'

function run(): Promise<void> {
  if (process.send !== undefined) return serve()
  if (getState('isPost') !== '') return end()
  saveState('isPost', true)
  return start()
}

await run().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
