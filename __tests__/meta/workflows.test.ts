import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { actionOf, find, read, stepsIn } from './repository.ts'

interface Job {
  readonly permissions?: unknown
}

interface Workflow {
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** Texts of `run:` anywhere in a workflow. */
function scriptsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'run' in value && typeof value.run === 'string' ? [value.run] : []
  return [...own, ...Object.values(value).flatMap(scriptsIn)]
}

describe.each(find('.github/workflows/*.yml'))('%s', (file) => {
  const text = read(file)
  const workflow = parse(text) as Workflow
  const steps = stepsIn(workflow)

  test('grants nothing at the top, and each job what it needs', () => {
    expect(workflow.permissions).toEqual({})
    expect(Object.values(workflow.jobs).filter((job) => job.permissions === undefined)).toEqual([])
  })

  test('pins what is not in this repository by a full SHA, with the version beside it', () => {
    const remote = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, reference]) => reference)
    expect(remote.filter((reference) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference ?? ''))).toEqual([])
  })

  test('leaves no credentials behind a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses.startsWith('actions/checkout@'))
    expect(checkouts.filter((step) => step.with['persist-credentials'] !== false)).toEqual([])
  })

  test('puts no expression into a script', () => {
    expect(scriptsIn(workflow).filter((script) => script.includes('${{'))).toEqual([])
  })

  test('hands the action only inputs that exist', () => {
    for (const step of steps) {
      const action = actionOf(step.uses)
      if (action !== undefined)
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
    }
  })
})
