import { describe, expect, test } from '@jest/globals'
import { shownReply } from '../../src/report/reply/show-reply.ts'
import { hide } from '../../src/text/redact.ts'
import { activeWords, harmfulTags, ROOM, rendered } from './rendered.ts'

describe('what people want to read stays as it was meant', () => {
  test.each([
    ['a paragraph', 'One **two** _three_ ~~four~~ `five`.', 'One **two** *three* ~~four~~ `five`.'],
    ['a list', '* a\n* b\n  1. c\n  2. d', '- a\n- b\n  1. c\n  2. d'],
    ['a list of tasks', '- [ ] a\n- [x] b', '- [ ] a\n- [x] b'],
    ['a table', '|a|b|\n|:-|-:|\n|1|2|', '| a | b |\n| :- | -: |\n| 1 | 2 |'],
    ['a pipe in a cell', '|a|\n|-|\n|`x \\| y`|', '| a |\n| - |\n| `x \\| y` |'],
    ['a quote', '> a\n> b', '> a\n> b'],
    ['code', '```js\nlet a = "<b>"\n```', '```js\nlet a = "<b>"\n```'],
    ['code with tabs', '```\n\tx\n```', '```\n  x\n```'],
    ['a line', 'a\n\n---\n\nb', 'a\n\n---\n\nb'],
    ['an emoji', 'Done 🎉', 'Done 🎉'],
    ['a break', 'a\\\nb', 'a\\\nb'],
    ['a break in a cell', '|a|\n|-|\n|1<br>2|', '| a |\n| - |\n| 1 2 |'],
  ])('%s', (_, reply, expected) => {
    expect(shownReply(reply, ROOM)).toEqual({ markdown: expected, isCut: false })
  })
})

describe('what would act on the page, or lead away from it', () => {
  test.each([
    ['HTML', 'a <img src=x onerror=alert(1)> b', 'a `<img src=x onerror=alert(1)>` b'],
    ['a block of HTML', '<script>\nalert(1)\n</script>', '```\n<script>\nalert(1)\n</script>\n```'],
    ['the end of what it stands in', 'a\n\n</details>\n\nb', 'a\n\n```\n</details>\n```\n\nb'],
    ['a comment', 'a <!-- hidden --> b', 'a `<!-- hidden -->` b'],
    ['an image', '![x](http://e.example/x.png)', 'x (`http://e.example/x.png`)'],
    ['an image without a text', '![](//e.example/x.png)', '`//e.example/x.png`'],
    ['an image of nothing', 'a **![]()** b\n\n![]()\n\nc', 'a  b\n\nc'],
    ['an image by reference', '![x][1]\n\n[1]: http://e.example/x.png', 'x (`http://e.example/x.png`)'],
    ['a link', '[press **here**](https://e.example/?q=1 "t")', 'press **here** (`https://e.example/?q=1`)'],
    [
      'a link that says another address',
      '[https://a.example](https://b.example)',
      '`https://a.example` (`https://b.example`)',
    ],
    ['a script as a link', '[x](javascript:alert(1))', 'x (`javascript:alert(1)`)'],
    ['a link by reference', '[a][1]\n\n[1]: https://e.example', 'a (`https://e.example`)'],
    ['an autolink', '<https://e.example>', '`https://e.example`'],
    ['a bare address', 'See https://e.example/x, or www.e.example.', 'See `https://e.example/x`, or `www.e.example`.'],
    ['an e-mail address', 'Mail a@e.example.', 'Mail `a@e.example`.'],
    ['a mention', 'Thanks @octocat and (@org/team)!', 'Thanks `@octocat` and (`@org/team`)!'],
    ['an escaped mention', 'Thanks \\@octocat and &#64;octocat', 'Thanks `@octocat` and `@octocat`'],
    ['an issue', 'Fixes #1, org/repo#2 and GH-3', 'Fixes `#1`, `org/repo#2` and `GH-3`'],
    ['a commit', 'Since 0123abc and a@0123abcdef.', 'Since `0123abc` and `a@0123abcdef`.'],
    ['a formula', 'Costs $5, or $x^2$', 'Costs `$5`, or `$x^2$`'],
    ['a formula around code', 'a $`x^2`$ b', 'a `$x^2$` b'],
    ['a block with a formula', '```math\nx^2\n```', '```\nx^2\n```'],
    ['a diagram', '```mermaid\ngraph TD\n```', '```\ngraph TD\n```'],
    ['a map', '```GeoJSON x=1\n{}\n```', '```\n{}\n```'],
    ['a model', '~~~stl\nsolid\n~~~', '```\nsolid\n```'],
    ['an emoji that is a picture', 'a :octocat: b', 'a `:octocat:` b'],
    ['an alert of its own', '> [!CAUTION]\n> x', '> `[!CAUTION]`\n> x'],
    ['a heading', '# a\n\n## b\n\n##### c', '#### a\n\n##### b\n\n###### c'],
    ['a heading with an underline', 'a\n===', '#### a'],
    ['a small heading alone', '### a', '#### a'],
    ['a footnote that begins with a quote', 'a[^x]\n\n[^x]: > b', 'a\\[x]\n\n\\[x]&#x20;\n\n> b'],
    ['a footnote', 'a[^x]\n\n[^x]: b', 'a\\[x]\n\n\\[x] b'],
    ['an unclosed fence', '```js\nlet a', '```js\nlet a\n```'],
    ['a longer fence', '`````\n```\na', '````\n```\na\n````'],
    ['an unclosed list in a quote', '> - ```\n> a', '> - ```\n>   ```\n>\n> a'],
    ['text that runs the other way', 'a\u202eb', 'a\\u{202e}b'],
    ['a command for the runner', '::error::x ##[error]y', '`::error::x` ##\\\\\\[error]y'],
  ])('%s', (_, reply, expected) => {
    const shown = shownReply(reply, ROOM)
    expect(shown).toEqual({ markdown: expected, isCut: false })
    const html = rendered(shown.markdown)
    expect(harmfulTags(html)).toEqual([])
    expect(activeWords(html)).toEqual([])
  })
})

describe('what is too much', () => {
  const MANY = 60_000
  test.each([
    ['2 MB of text', 'All work and no play. '.repeat(100_000), true],
    ['2 MB of one word', 'a'.repeat(2_000_000), true],
    ['a table that never ends', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(MANY)}`, true],
    [
      'a table that never ends to the right',
      `|${'a|'.repeat(5_000)}\n|${'-|'.repeat(5_000)}\n${'|1|2|\n'.repeat(50)}`,
      false,
    ],
    ['a fence that never ends', `\`\`\`\n${'x\n'.repeat(MANY)}`, true],
    ['a list that never ends', '- a\n'.repeat(MANY), true],
    ['quotes in each other', '>'.repeat(MANY), true],
    ['quotes and lists in each other', '> - '.repeat(MANY), true],
    ['lists in each other', '- '.repeat(MANY), true],
    ['a list in each line', Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- a\n`).join(''), true],
    ['emphasis in each other', `${'*a **b '.repeat(2_000)}${'** *'.repeat(2_000)}`, false],
    ['links that are not closed', '[a](<b'.repeat(MANY), true],
    ['images in each other', '!['.repeat(5_000) + '](x)'.repeat(5_000), false],
    ['nothing but escapes', '\\*'.repeat(MANY), true],
    ['nothing but what hides text', '\u202e'.repeat(MANY), true],
    ['nothing but mentions', '@a '.repeat(MANY), true],
    ['a long address', `[a](https://e.example/${'x'.repeat(20_000)})`, false],
  ])('%s', (_, reply, isCut) => {
    const shown = shownReply(reply, ROOM)
    expect(Buffer.byteLength(shown.markdown)).toBeLessThanOrEqual(ROOM)
    expect(shown.isCut || !isCut).toBe(true)
    const html = rendered(shown.markdown)
    expect(harmfulTags(html)).toEqual([])
    expect(activeWords(html)).toEqual([])
  })

  test.each([
    ['a list', '- a\n'.repeat(50)],
    ['a table', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(50)}`],
    ['code in quotes', `${'> '.repeat(6)}\`\`\`\n${`${'> '.repeat(6)}a\n`.repeat(500)}`],
  ])('%s in any room takes no more than that, and says that there was more', (_, reply) => {
    for (let room = 1; room <= 400; room += 7) {
      const shown = shownReply(reply, room)
      expect(Buffer.byteLength(shown.markdown)).toBeLessThanOrEqual(room)
      expect(shown.isCut).toBe(true)
    }
  })

  test('what stands in more than eight others is shown as it was written', () => {
    const quotes = '> '.repeat(9)
    expect(shownReply(`${'> '.repeat(8)}deep`, ROOM).markdown).toBe(`${'> '.repeat(8)}deep`)
    expect(shownReply(`${quotes}> deep`, ROOM).markdown).toBe(
      ['```', '> deep', '```'].map((line) => `${quotes}${line}`).join('\n'),
    )
  })

  test('of a text that does not fit the start is shown', () => {
    const { markdown, isCut } = shownReply('word '.repeat(100), 200)
    expect(isCut).toBe(true)
    expect(markdown).toMatch(/^(word ){15,19}\w*…$/)
  })

  test('rows that do not fit are counted', () => {
    const { markdown, isCut } = shownReply(`|a|\n|-|\n${'|1|\n'.repeat(150)}\nafter`, ROOM)
    expect(isCut).toBe(true)
    expect(markdown).toMatch(/\| 1 \|\n\n… and 50 more rows\n\nafter$/)
  })
})

test('a secret that stands over the cut, or that escapes hide, is not shown', () => {
  hide('correct-horse_battery')
  const { markdown } = shownReply(`${'a '.repeat(15_995)}correct-horse_battery`, ROOM)
  expect(markdown).not.toContain('correct')
  expect(shownReply('correct\\-horse&#95;battery', ROOM).markdown).toBe('\\*\\*\\*')
})
