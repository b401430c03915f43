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

test.each(documents)('%s links only to files that exist', (file) => {
  const targets = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '')
  const folder = posix.dirname(file)
  expect(targets.filter((target) => find(posix.join(folder, target)).length === 0)).toEqual([])
})
