import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { shownReply } from '../../src/report/reply/show-reply.ts'
import { activeWords, harmfulTags, ROOM, rendered } from '../report/rendered.ts'
import { casesOf } from './cases.ts'

/** The letters that Markdown and GitHub act on, in every order. */
const PIECES = [
  ...'*_~`[]()<>!#|:-+=$@&\\"\'.{}/^',
  ...['\n', '\n\n', '  \n', '\t', '    ', ' ', '> ', '- ', '1. ', '# ', '```', '~~~', '$$', '---', '|-|', '\n|', '***'],
  ...[
    'a',
    'b1',
    'http://e.example',
    'www.e.example',
    '<b>',
    '</details>',
    '<!--',
    '-->',
    '<br>',
    '![',
    '](',
    '][',
    ']: x',
  ],
  ...[
    '@octocat',
    '#1',
    'o/r#2',
    'GH-3',
    '0123abc',
    ':octocat:',
    '[^1]',
    '[^1]: ',
    '[!NOTE]',
    '[ ] ',
    '[x] ',
    'a@e.example',
  ],
  ...['&amp;', '&#64;', '&lt;', '\\@', 'mermaid', 'math', '\u202e', '\u200b', 'é', '🎉', '***'],
]

const reply = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''))

const TYPES = new Set(
  'root paragraph text emphasis strong delete inlineCode code break heading blockquote list listItem table tableRow tableCell thematicBreak'.split(
    ' ',
  ),
)

function typesIn(node: Nodes): readonly string[] {
  return [node.type, ...('children' in node ? node.children.flatMap((child) => typesIn(child)) : [])]
}

test('whatever the agent writes, what is shown holds nothing that acts', () => {
  fc.assert(
    fc.property(fc.oneof(reply, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
      const { markdown } = shownReply(text, ROOM)
      const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
      expect(typesIn(tree).filter((type) => !TYPES.has(type))).toEqual([])
      const html = rendered(markdown)
      expect(harmfulTags(html)).toEqual([])
      expect(activeWords(html)).toEqual([])
    }),
    { numRuns: casesOf({ some: 750, all: 3_000 }) },
  )
})

test('what is shown of a reply stays within its room', () => {
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 30 }), fc.integer({ min: 200, max: 2_000 }), (texts, room) => {
      expect(Buffer.byteLength(shownReply(texts.join('\n'), room).markdown)).toBeLessThanOrEqual(room)
    }),
    { numRuns: casesOf({ some: 100, all: 300 }) },
  )
})
