import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Desired } from '../../src/desired/desire.ts'
import { uploadName } from '../../src/desired/files/upload-name.ts'
import type { SessionFile } from '../../src/observed/mounted-files.ts'
import type { Observed } from '../../src/observed/observed.ts'
import { isSameOrAbove } from '../../src/paths/mount-path.ts'
import { type Plan, plan } from '../../src/plan/plan.ts'
import { Refusal } from '../../src/text/refusal.ts'
import { content, desiredFile, isInTheWay, tree } from './tree.ts'

/** Whose a file on the session is: of an earlier run, of somebody else, or of a server that gives no names. */
type Owner = 'ours' | 'others' | 'nameless'

interface OnSession {
  readonly owner: Owner
  readonly text: string
}

/** What is on the session, what is wanted, and what may be done about the difference. */
interface Situation {
  readonly there: ReadonlyMap<string, OnSession>
  readonly wanted: ReadonlyMap<string, string>
  readonly folder: string
  readonly prune: boolean
  readonly overwrite: boolean
}

const onSession: fc.Arbitrary<OnSession> = fc.record({
  owner: fc.constantFrom<Owner>('ours', 'ours', 'others', 'nameless'),
  text: content,
})

/** Of a run that means its files to stay. */
const MARK = '0000000052d04f6e3d5f8a20'

const situation: fc.Arbitrary<Situation> = fc.record({
  there: tree(onSession, 8),
  wanted: tree(content, 8),
  folder: fc.constantFrom('/', '/', '/a', '/b'),
  prune: fc.boolean(),
  overwrite: fc.boolean(),
})

/** A session as the service would keep it. */
class Session {
  readonly #files: Map<string, SessionFile>
  #made = 0

  constructor(files: readonly SessionFile[]) {
    this.#files = new Map(files.map((file) => [file.mountPath, file]))
  }

  get files(): readonly SessionFile[] {
    return [...this.#files.values()]
  }

  /** Does what the steps say, in their order, and refuses what the service would refuse. */
  apply({ steps }: Plan): void {
    for (const step of steps) {
      if (step.kind === 'remove-file' || step.kind === 'replace-file') this.#takeOff(step.there)
      if (step.kind === 'add-file' || step.kind === 'replace-file') {
        this.#add(step.file.mountPath, uploadName(step.file, MARK), step.file.size)
      }
    }
  }

  #takeOff({ mountPath, resourceId }: SessionFile): void {
    if (this.#files.get(mountPath)?.resourceId !== resourceId) throw new Error(`${mountPath} is not there`)
    this.#files.delete(mountPath)
  }

  #add(mountPath: string, name: string, size: number): void {
    const other = [...this.#files.keys()].find((each) => isInTheWay(each, mountPath))
    if (other !== undefined) throw new Error(`${mountPath} overlaps ${other}`)
    this.#files.set(mountPath, fileOnSession(mountPath, `new_${this.#made++}`, name, size))
  }
}

function fileOnSession(mountPath: string, id: string, name: string | undefined, size: number): SessionFile {
  const echoedPath = `/mnt/session/uploads${mountPath}`
  return { resourceId: id, mountPath, echoedPath, fileId: `file_${id}`, name, size }
}

function filesOf({ there }: Situation): readonly SessionFile[] {
  return [...there].map(([path, { owner, text }], index) => {
    const file = desiredFile(path, text)
    const name = { ours: uploadName(file, MARK), others: 'earlier.txt', nameless: undefined }[owner]
    return fileOnSession(path, `old_${index}`, name, file.size)
  })
}

function desiredOf({ wanted, folder, prune, overwrite }: Situation): Desired {
  return {
    target: { kind: 'existing', sessionId: 'sesn_1' },
    files: [...wanted].map(([path, text]) => desiredFile(path, text)),
    repository: undefined,
    memoryStores: [],
    maxResources: 500,
    refresh: { prune, overwrite },
    mountPath: folder,
    prompt: undefined,
    budgetCents: undefined,
  }
}

function observedOf(files: readonly SessionFile[]): Observed {
  const session = { id: 'sesn_1', status: 'idle', title: undefined, createdAt: '', archived: false } as const
  const rest = { metadata: {}, usage: undefined, budgetCents: undefined, evaluations: [] } as const
  const resources = files.map(({ resourceId, echoedPath, fileId }) => ({
    type: 'file',
    id: resourceId,
    mount_path: echoedPath,
    file_id: fileId,
  }))
  return {
    kind: 'session',
    session: { ...session, ...rest, resources },
    resources,
    files,
    isWornOut: false,
    replaced: [],
  }
}

/** Whether the run is to be refused, said in another way than the code says it. */
function isRefused({ there, wanted, folder, prune, overwrite }: Situation): boolean {
  return [...there].some(([path, { owner }]) => {
    if (wanted.has(path)) return owner === 'others' && !overwrite
    const goes = prune && isSameOrAbove(folder, path) && (owner === 'ours' || overwrite)
    return !goes && [...wanted.keys()].some((other) => isInTheWay(path, other))
  })
}

function planOrRefusal(desired: Desired, observed: Observed): Plan | undefined {
  try {
    return plan(desired, observed)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

test('what a plan leads to needs no plan any more', () => {
  fc.assert(
    fc.property(situation, (given) => {
      const desired = desiredOf(given)
      const session = new Session(filesOf(given))
      const steps = planOrRefusal(desired, observedOf(session.files))
      expect(steps === undefined).toBe(isRefused(given))
      if (steps === undefined) return
      session.apply(steps)
      const again = plan(desired, observedOf(session.files))
      expect(again).toMatchObject({ steps: [], warnings: [] })
      expect(again.unchanged.map(({ file }) => file)).toEqual(desired.files)
    }),
    { numRuns: 1000 },
  )
})

test('what is not wanted stays, but for what `prune` and `overwrite` allow', () => {
  fc.assert(
    fc.property(situation, (given) => {
      const files = filesOf(given)
      const session = new Session(files)
      const steps = planOrRefusal(desiredOf(given), observedOf(files))
      if (steps !== undefined) session.apply(steps)
      const left = new Set(session.files.map(({ resourceId }) => resourceId))
      for (const { mountPath, resourceId } of files) {
        const owner = given.there.get(mountPath)?.owner
        const mayBeReplaced = given.wanted.has(mountPath) && (given.overwrite || owner !== 'others')
        const mayBePruned =
          given.prune && isSameOrAbove(given.folder, mountPath) && (given.overwrite || owner === 'ours')
        if (!mayBeReplaced && !mayBePruned) expect(left).toContain(resourceId)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a plan uploads what it mounts, and nothing else; the same situation has the same plan', () => {
  fc.assert(
    fc.property(situation, (given) => {
      const [desired, observed] = [desiredOf(given), observedOf(filesOf(given))]
      const steps = planOrRefusal(desired, observed)
      expect(planOrRefusal(desired, observed)).toEqual(steps)
      const pathsOf = (kinds: readonly string[]) =>
        (steps?.steps ?? [])
          .flatMap((step) => (kinds.includes(step.kind) && 'file' in step ? [step.file.mountPath] : []))
          .sort()
      expect(pathsOf(['upload'])).toEqual(pathsOf(['add-file', 'replace-file']))
      const kinds = (steps?.steps ?? []).map(({ kind }) => kind)
      const order = ['upload', 'remove-file', 'replace-file', 'add-file']
      expect(kinds.map((kind) => order.indexOf(kind))).toEqual(kinds.map((kind) => order.indexOf(kind)).sort())
    }),
    { numRuns: 1000 },
  )
})

test('a session never gets more than `max-resources`, and is refused only where it would', () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 1, max: 10 }), (given, maxResources) => {
      fc.pre(!isRefused(given))
      const session = new Session(filesOf(given))
      const before = session.files.length
      const desired = { ...desiredOf(given), maxResources }
      const steps = planOrRefusal(desired, observedOf(session.files))
      session.apply(steps ?? plan({ ...desired, maxResources: 500 }, observedOf(session.files)))
      const fits = session.files.length <= maxResources
      if (steps === undefined) expect(fits).toBe(false)
      // A session that is too full already may still be refreshed and pruned.
      else expect(fits || session.files.length <= before).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
