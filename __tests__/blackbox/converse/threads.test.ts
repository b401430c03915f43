import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, sceneWith, shown } from '../../harness/agent.ts'

const message = (text: string, session_thread_id: string): Act => ({
  act: 'event',
  event: { type: 'agent.message', content: [{ type: 'text', text }], session_thread_id },
})

test.concurrent("the reply is the session's own agent's; what others do stands under their names", async () => {
  await using scene = await sceneWith([
    { act: 'thread', name: 'researcher', does: 'begins' },
    { act: 'message', text: 'my answer' },
    message('not the answer', 'sthr_of_another'),
    { act: 'thread', name: 'researcher', does: 'says', text: 'what I found' },
    { act: 'thread', name: 'researcher', does: 'ends' },
    // Only the session's own idle ends the wait.
    { act: 'wait', ms: 2_500 },
    { act: 'thread', name: 'writer', does: 'begins' },
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ reply: 'my answer', status: 'idle', 'stop-reason': 'end_turn' })
  const groups = shown(main).join('\n')
  expect(groups).toContain('::group::researcher\nBegins to work\n::endgroup::')
  expect(groups).toContain('::group::Agent\nmy answer\n::endgroup::')
  expect(groups).toContain('::group::another agent\nnot the answer\n::endgroup::')
  expect(groups).toContain('::group::researcher\nwhat I found\n::endgroup::')
  expect(groups).toContain('::group::researcher\nHas stopped\n::endgroup::')
  expect(groups).toContain('::group::writer\nBegins to work\n::endgroup::')
})
