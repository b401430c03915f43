import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { findChromium, pageOf, takePicture } from '../../../scripts/browser.ts'
import { Scene } from '../../harness/scene.ts'

/** The summary of a run whose agent replies so. */
async function summaryOf(reply: string): Promise<string> {
  await using scene = await Scene.open({
    agentScript: {
      turns: [
        [
          { act: 'message', text: reply },
          { act: 'idle', stopReason: 'end_turn' },
        ],
      ],
    },
  })
  scene.workspace.write({ 'a.txt': 'a' })
  const { summary, exitCode } = await scene.main({ files: 'a.txt', prompt: 'Go', wait: 'true' })
  expect(exitCode).toBe(0)
  return summary
}

test.concurrent('the summary shows the reply as Markdown', async () => {
  const summary = await summaryOf('# Review\n\n- **a**\n- b\n\n| x | y |\n| --- | --- |\n| 1 | 2 |')
  expect(summary).toContain('\n\n#### Review\n\n- **a**\n- b\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n</details>')
})

test.concurrent('a reply that is too long is cut, and the summary says where the rest is', async () => {
  const summary = await summaryOf(`${'All work and no play. '.repeat(90_000)}`)
  expect(Buffer.byteLength(summary)).toBeLessThan(150_000)
  expect(summary).toContain('\n\n_The rest is in the log and in the output `reply`._\n\n</details>')
})

/** Whatever loads something in a page, wherever that may stand. */
const HOSTILE = `# Hi <img src="http://h1.example/x">

![x](http://m1.example/x.png) ![y][r] <img src=http://h2.example/x onerror="fetch('http://h3.example')">
<script src="http://h4.example/x.js"></script>
</details></td></tr></table><iframe src="http://h5.example"></iframe>

<link rel=stylesheet href=http://h6.example/x.css><style>body { background: url(http://h7.example/x) }</style>
<meta http-equiv=refresh content="0;url=http://h8.example/"><video src=http://h9.example autoplay></video>

| a | <img src=http://h10.example/x> |
| --- | --- |
| ![](http://m2.example/x.png) | \`a\` |

- [x] [press](http://m3.example "t") [![](http://m4.example/x.png)](javascript:alert(1))

[r]: http://m5.example/x.png

\`\`\`mermaid
graph TD; A["<img src='http://h11.example/x'>"]
\`\`\`
\`\`\`\`
</code></pre><img src=http://h12.example/x>`

const chromium = findChromium()

// Where there is no browser, the tags of the same replies are checked: report/reply.test.ts.
const withBrowser = chromium === undefined ? test.skip : test

withBrowser('in a browser, a hostile reply makes no request, and leaves the rest of the summary as it is', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reply-'))
  try {
    const file = path.join(folder, 'reply.png')
    const look = (markdown: string) => takePicture(chromium ?? '', pageOf(markdown, 'light'), { file, height: 1200 })
    const asItIs = look(HOSTILE)
    expect(asItIs).toContain('http://m1.example/x.png')
    expect(asItIs.length).toBeGreaterThan(5)
    // A page that leads away may leave no picture.
    rmSync(file, { force: true })
    const summary = await summaryOf(HOSTILE)
    expect(look(summary)).toEqual([])
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG')
    expect(summary).toMatch(/What the agent replied[\s\S]*h12\.example[\s\S]*<\/details>\n\n<details open><summary>📁/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
