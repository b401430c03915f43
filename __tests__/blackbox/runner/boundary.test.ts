import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepOptions, StepResult } from '../../harness/step.ts'

const KEY = 'sk-ant-c4n4ry-0123456789'

/** Runs code in the process of a step, some way into its work: when its second call was answered. */
function amid(code: string): Pick<StepOptions, 'env' | 'nodeOptions'> {
  const script = `
    const write = process.stdout.write.bind(process.stdout)
    let lines = 0
    process.stdout.write = (chunk, ...rest) => {
      if (String(chunk).startsWith('::debug::') && ++lines === 2) setImmediate(() => { ${code} })
      return write(chunk, ...rest)
    }`
  return {
    env: { RUNNER_DEBUG: '1' },
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(script)}`],
  }
}

const ERROR = `new Error('boom ' + process.env['INPUT_ANTHROPIC-API-KEY'] + '\\n::error::x\\n##[error]y')`

const UNCAUGHT = {
  'a rejection that nobody handles': `Promise.reject(${ERROR})`,
  'an exception that nobody catches': `throw ${ERROR}`,
  'one after the other': `Promise.reject(${ERROR}); Promise.reject(${ERROR}); setImmediate(() => { throw ${ERROR} })`,
}

function expectNoStack(step: StepResult): void {
  expect(step.stderr).toBe('')
  expect(step.stdout).not.toMatch(/^\s+at /m)
  expect(step.stdout).not.toContain(KEY)
}

async function mounted(): Promise<Scene> {
  const scene = await Scene.open({ apiKey: KEY })
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

test.concurrent.each(Object.entries(UNCAUGHT))('%s fails the step in one line, without a stack', async (_, code) => {
  await using scene = await mounted()
  const main = await scene.main({ files: 'a.txt' }, amid(code))
  expect(main.exitCode).toBe(1)
  expect(annotations(main, 'error')).toEqual([
    'Unexpected error, please report it: boom ***\n:\\:error::x\n##\\[error]y',
  ])
  expectNoStack(main)
})

test.concurrent.each(Object.entries(UNCAUGHT))('%s in post is a warning', async (_, code) => {
  await using scene = await mounted()
  const main = await scene.main({ files: 'a.txt' })
  const post = await scene.post(main, {}, amid(code))
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'error')).toEqual([])
  expect(annotations(post, 'warning')).toEqual([
    'Cleanup failed: Unexpected error, please report it: boom ***\n:\\:error::x\n##\\[error]y',
  ])
  expectNoStack(post)
})

const PRINTS = {
  'console.error': (text: string) => `console.error(${text})`,
  'bytes written to it': (text: string) => `process.stderr.write(Buffer.from(${text} + '\\n'))`,
  'a warning of Node': (text: string) => `process.emitWarning(${text})`,
}

test.concurrent.each(Object.entries(PRINTS))('what goes to standard error commands nothing: %s', async (_, print) => {
  await using scene = await mounted()
  const text = `'::error::x ' + process.env['INPUT_ANTHROPIC-API-KEY'] + '\\n  ::add-mask::y ##[error]z\\r\\n::stop-commands::w \\u001b[31m'`
  const main = await scene.main({ files: 'a.txt' }, amid(print(text)))
  expect(main.exitCode).toBe(0)
  expect(main.stderr).toContain('error::x ***')
  expect(main.stderr).not.toMatch(/^\s*::/m)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
  expect(main.stderr).not.toMatch(/##\[|\u001b/)
  expect(main.stdout + main.stderr).not.toContain(KEY)
})
