import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { action, find, read, stepsIn } from './repository.ts'

const documents = find('README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md')

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
    .filter(({ uses }) => uses === './' || /\/session-mount@/.test(uses))
    .map((step) => ({ ...step, name })),
)

test.each(texts)('$name is YAML', ({ text }) => {
  expect(parse(text)).toBeInstanceOf(Object)
})

test.each(ours)('$name uses only inputs that exist', (step) => {
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
})

test.each(ours)('$name uses the current major version', ({ uses }) => {
  expect(['./', `org/session-mount@v${major}`]).toContain(uses)
})

test.each(documents)('%s links only to files that exist', (file) => {
  const targets = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '')
  expect(targets.filter((target) => find(target).length === 0)).toEqual([])
})
