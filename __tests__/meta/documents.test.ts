import { posix } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { actionOf, find, read, stepsIn } from './repository.ts'

const documents = find('README.md', '*/README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md')

const blocks = documents.flatMap((file) =>
  [...read(file).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, text], index) => ({
    name: `${file}, block ${index + 1}`,
    text: text ?? '',
  })),
)
const examples = find('docs/**/*.yml', 'examples/**/*.yml').map((file) => ({ name: file, text: read(file) }))
const [major] = (JSON.parse(read('package.json')) as { readonly version: string }).version.split('.')

const texts = [...blocks, ...examples]
const ours = texts.flatMap(({ name, text }) =>
  stepsIn(parse(text))
    .filter(({ uses }) => actionOf(uses) !== undefined || /\/session-mount[@/]/.test(uses))
    .map((step) => ({ ...step, name })),
)

test.each(texts)('$name is YAML', ({ text }) => {
  expect(parse(text)).toBeInstanceOf(Object)
})

test.each(ours)('$name uses only inputs that exist', (step) => {
  expect(Object.keys(actionOf(step.uses)?.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(step.with)))
})

test.each(ours)('$name uses the current major version', ({ uses }) => {
  expect(uses).toMatch(new RegExp(`^(\\./\\w*|org/session-mount(/\\w+)?@v${major})$`))
})

/** The fragment that GitHub gives a heading: lower case, no punctuation, hyphens for spaces. */
function fragmentOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function fragmentsIn(file: string): readonly string[] {
  const text = read(file).replaceAll(/^```[\s\S]*?^```$/gm, '')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => fragmentOf(heading ?? ''))
}

test.each(documents)('%s links only to files and headings that exist', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link ?? '')
  const broken = links.filter((link) => {
    const [path = '', fragment] = link.split('#')
    const target = path === '' ? file : posix.join(posix.dirname(file), path)
    if (find(target).length === 0) return true
    return fragment !== undefined && !fragmentsIn(target).includes(fragment)
  })
  expect(broken).toEqual([])
})

test.each([['README.md', 200], ...find('docs/*.md', '*/README.md').map((file) => [file, 150] as const)] as const)(
  '%s can be read in one go: less than %d lines',
  (file, most) => {
    expect(read(file).split('\n').length).toBeLessThan(most)
  },
)

test('the inputs and outputs that the README names exist', () => {
  const rows = [...read('README.md').matchAll(/^\| (`[a-z-]+`(?:(?:, | or )`[a-z-]+`)*) \|/gm)].map(
    ([, cell]) => cell ?? '',
  )
  const named = rows.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))
  const { inputs = {}, outputs = {} } = actionOf('./') ?? {}
  expect(named.length).toBeGreaterThan(15)
  expect(Object.keys({ ...inputs, ...outputs })).toEqual(expect.arrayContaining(named))
})

/** What of a message stands in the sources as it is: its parts between the gaps. */
function fixedParts(message: string): readonly string[] {
  return message
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 3)
}

const explained = [...read('docs/troubleshooting.md').matchAll(/^\| (`.*?`) \|/gm)]
  .flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, message]) => message ?? ''))
  // Kinds of error, which come from the service or the system
  .filter((message) => !/^401 |^no answer|answered 200/.test(message))

test.each(explained)('the message "%s" that is explained is one that the action prints', (message) => {
  const sources = find('src/**/*.ts').map(read).join('\n')
  const missing = fixedParts(message).filter((part) => !sources.includes(part))
  expect({ parts: fixedParts(message).length > 0, missing }).toEqual({ parts: true, missing: [] })
})
