import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { EXAMPLES } from '../../scripts/examples.ts'
import { LEFT_OUT } from '../left-out.ts'
import { actionOf, find, read, stepsIn } from './repository.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly uses?: string
  readonly steps?: readonly object[]
  readonly 'timeout-minutes'?: number
}

interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** Texts of `run:` anywhere in a workflow. */
function scriptsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'run' in value && typeof value.run === 'string' ? [value.run] : []
  return [...own, ...Object.values(value).flatMap(scriptsIn)]
}

/** What a workflow pins by a tag that moves, since it shows how this action is used. */
const OURS = /^org\/session-mount(\/\w+)?@v1$/

/** Permissions by which code of a pull request could change the repository. */
const HARMFUL = ['actions', 'contents', 'packages', 'pull-requests', 'issues']

const examples = find('docs/examples/*.yml')

describe.each([...find('.github/workflows/*.yml'), ...examples])('%s', (file) => {
  const text = read(file)
  const workflow = parse(text) as Workflow
  const steps = stepsIn(workflow)

  test('grants nothing at the top, and each job what it needs', () => {
    expect(workflow.permissions).toEqual({})
    expect(Object.values(workflow.jobs).filter((job) => job.permissions === undefined)).toEqual([])
  })

  test('pins what is not in this repository by a full SHA, with the version beside it', () => {
    const remote = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, reference]) => reference ?? '')
    const others = examples.includes(file) ? remote.filter((reference) => !OURS.test(reference)) : remote
    expect(others.filter((reference) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference))).toEqual([])
  })

  test('lets no pull request run with a token that writes, or with secrets of somebody else', () => {
    const events = typeof workflow.on === 'string' ? [workflow.on] : Object.keys(workflow.on)
    if (events.includes('pull_request_target')) {
      // Only what is the base's may be checked out there, and no token may write.
      const refs = steps.filter(({ uses }) => uses.startsWith('actions/checkout@')).map((step) => step.with.ref)
      expect(refs.filter((ref) => ref !== undefined)).toEqual([])
      const access = Object.values(workflow.jobs).flatMap((job) => Object.values(job.permissions ?? {}))
      expect(access.filter((each) => each !== 'read')).toEqual([])
    }
    if (!events.includes('pull_request')) return
    const writing = Object.values(workflow.jobs).filter(({ permissions = {} }) =>
      Object.entries(permissions).some(([name, access]) => access === 'write' && HARMFUL.includes(name)),
    )
    for (const job of writing) {
      // A comment may be written where neither the pull request's code nor a secret is.
      expect(job.permissions).toEqual({ 'pull-requests': 'write' })
      expect(job.steps?.filter((step) => 'uses' in step)).toEqual([])
      expect(JSON.stringify(job)).not.toContain('secrets.')
    }
  })

  test('bounds the time of each job', () => {
    const endless = Object.values(workflow.jobs).filter((job) => (job.uses ?? job['timeout-minutes']) === undefined)
    expect(endless).toEqual([])
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

test('every example is run end to end', () => {
  const run = new Set(Object.keys(EXAMPLES).map((name) => `docs/examples/${name.split(',')[0]}`))
  expect([...run].sort()).toEqual(examples)
})

test('test files that a system leaves out are there', () => {
  const files = Object.values(LEFT_OUT).flatMap((reasons) => reasons.flatMap(({ files }) => files))
  expect(files.filter((file) => find(`__tests__/${file}`).length === 0)).toEqual([])
})

test('an action pinned in several places is the same everywhere', () => {
  const pinned = [...find('.github/workflows/*.yml', 'docs/examples/*.yml', '*.md', '*/README.md', 'scripts/*.ts')]
    .flatMap((file) => [...read(file).matchAll(/([\w-]+\/[\w-]+)(?:\/[\w-]+)?@([0-9a-f]{40})\b/g)])
    .map(([, action, sha]) => [action, sha] as const)
  const shas = Map.groupBy(pinned, ([action]) => action)
  expect([...shas].filter(([, uses]) => new Set(uses.map(([, sha]) => sha)).size > 1)).toEqual([])
})

describe.each(find('.github/actions/*/action.yml'))('%s', (file) => {
  const { runs } = parse(read(file)) as { readonly runs: Readonly<Record<string, string>> }

  test('runs on the Node version of the actions, from files that are there', () => {
    expect(runs.using).toBe('node24')
    const files = [runs.main, runs.post].filter((name) => name !== undefined)
    expect(files.filter((name) => find(file.replace('action.yml', name)).length === 0)).toEqual([])
  })
})
