import { expect, test } from '@jest/globals'
import ts from 'typescript'
import { find, read } from './repository.ts'

/** A text of the sources: what stands in a literal, with `…` for what is filled in. */
interface Text {
  readonly file: string
  readonly text: string
}

/** Rules name tokens, and one file is a table of letters; neither speaks to anybody. */
const SILENT = /^src\/(text\/secret-rules\/|desired\/secrets\/literal-search\.ts)/

const texts = find('src/**/*.ts')
  .filter((file) => !SILENT.test(file))
  .flatMap(textsIn)
  // Words: other literals are names, ids and codes.
  .filter(({ text }) => /[a-z]+ [a-z]+/i.test(text))

function textsIn(file: string): readonly Text[] {
  const found: Text[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) found.push({ file, text: node.text })
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map(({ literal }) => `…${literal.text}`)
      found.push({ file, text: node.head.text + spans.join('') })
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true))
  return found
}

const described = find('action.yml', '*/action.yml').flatMap((file) =>
  [...read(file).matchAll(/^ +description: ?(.*(?:\n {6,}.*)*)/gm)].map(([, text]) => ({ file, text: text ?? '' })),
)

/** What nobody says, or says so in English. */
const NEVER: readonly (readonly [string, RegExp])[] = [
  ['leave away', /\bleav(e|es|ing) (\S+ ){0,3}away\b|\bleft away\b/i],
  ['take away', /\b(take|takes|took|taken|taking) (\S+ ){0,3}(away|off)\b/i],
  ['pull from under', /\bfrom under\b/i],
  ['usable', /\b(un)?usable\b/i],
  ['what it says', /\bwhat it says\b/i],
  ['in the words of', /\bin the words? of\b/i],
  ['means nothing', /\bmeans nothing\b/i],
  ['is none', /\bbut is none\b/i],
  ['leave to', /\b(for|gives?) leave\b/i],
  ['goes on', /\b(goes|going|gone) on\b/i],
  ['at work', /\bat work\b/i],
  ['was over', /\btime\b.*\b(was|is) over\b/i],
  ['excludes an input', /^excludes\b/i],
  ['take for use', /\btake `|, take\b|; take\b/i],
  ['1 things', /\b1 \w+s\b(?! after)/],
  ['an exclamation mark', /[a-z]!$/],
  ['please', /\bplease\b(?! report it)/i],
]

test('there are messages to look at', () => {
  expect(texts.length).toBeGreaterThan(400)
  expect(described.length).toBeGreaterThan(80)
})

test.each(NEVER)('no message and no description says %s', (_, pattern) => {
  expect([...texts, ...described].filter(({ text }) => pattern.test(text))).toEqual([])
})
