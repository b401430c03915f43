import { connect } from './api/connect.ts'
import { identityOf } from './api/credentials/usable-credential.ts'
import { begin } from './inputs/begin.ts'
import { readManifest } from './inputs/manifest.ts'
import {
  type NamedRemoval,
  readUnmountInputs,
  type SessionByName,
  type UnmountInputs,
} from './inputs/unmount-inputs.ts'
import type { SessionCleanup } from './ledger/cleanup-settings.ts'
import { findNamed } from './observed/find-session.ts'
import { leftoverText } from './report/leftovers.ts'
import { reportRemoved, setRemovalOutputs } from './report/removal.ts'
import type { ServiceAccess } from './report/removal-commands.ts'
import type { Runner } from './runner/runner.ts'
import type { Stopper } from './stop/stop.ts'
import { truncateList } from './text/format.ts'
import { type CheckedManifest, checkManifest } from './undo/check-manifest.ts'
import { findAbandoned } from './undo/find-abandoned.ts'
import type { LookContext } from './undo/gone.ts'
import type { RemovalParts } from './undo/removal-context.ts'
import { remove } from './undo/remove.ts'
import { idOf, type SessionToUndo, thingsOf } from './undo/thing.ts'
import { UndoProgress } from './undo/undo-result.ts'

/**
 * The unmount action: inputs → what is to go → remove → report. Fails the step when something is left, since here,
 * unlike in post, removing is what the step is for.
 */
export async function unmount(runner: Runner, stopper: Stopper): Promise<void> {
  setRemovalOutputs(runner, new UndoProgress())
  const begun = await begin(runner, stopper, readUnmountInputs, 'removed')
  if (begun === undefined) return
  const { inputs, credential } = begun
  const access = { baseUrl: inputs.access.baseUrl.href, identity: identityOf(credential) }
  const deadline = performance.now() + inputs.limits.timeoutMs
  await using service = await connect(inputs.access.baseUrl, credential, inputs.limits, runner, stopper)
  const parts = {
    client: service.client,
    stop: stopper,
    deadline,
    log: runner.info,
    concurrency: inputs.limits.concurrency,
    waitMs: inputs.cleanupWaitMs,
  }
  const found = await findRemovals(inputs, parts, runner.env)
  const things = thingsOf(found.removals)
  if (things.length + found.refused.length === 0) runner.info('Nothing to remove')
  else if (inputs.dryRun) await reportDryRun(runner, found, access)
  else await removeAll(runner, found, access, parts)
}

/** Things to remove, and things in the manifest that are not its run's. */
async function findRemovals(
  { removal }: UnmountInputs,
  context: LookContext,
  env: Runner['env'],
): Promise<CheckedManifest> {
  switch (removal.kind) {
    case 'manifest':
      return checkManifest(await readManifest(removal.path), removal.sessionCleanup, context)
    case 'named':
      return { removals: namedRemovals(removal), refused: [] }
    case 'by-name':
      return { removals: { uploads: [], sessions: await sessionsByName(removal, context) }, refused: [] }
    case 'sweep': {
      const before = new Date(Date.now() - removal.olderThanMs)
      const repository = env.GITHUB_REPOSITORY ?? ''
      return { removals: await findAbandoned(context.client, removal.agentId, repository, before), refused: [] }
    }
  }
}

function namedRemovals({
  sessionId,
  resourceIds,
  uploadIds,
  sessionCleanup,
}: NamedRemoval): CheckedManifest['removals'] {
  const uploads = uploadIds.map((fileId) => ({ kind: 'upload', fileId }) as const)
  if (sessionId === undefined) return { uploads, sessions: [] }
  const files = resourceIds.map((resourceId) => ({ kind: 'resource', sessionId, resourceId }) as const)
  return { uploads, sessions: [toEnd(sessionId, files, sessionCleanup)] }
}

/** With those that it has replaced: after it is gone, the name would mean them again. */
async function sessionsByName(
  { agentId, name, sessionCleanup }: SessionByName,
  { client }: LookContext,
): Promise<readonly SessionToUndo[]> {
  const named = await findNamed(client, agentId, name)
  const sessions = named === undefined ? [] : [...named.replaced, named.session]
  return sessions.map(({ id }) => toEnd(id, [], sessionCleanup))
}

function toEnd(sessionId: string, files: SessionToUndo['files'], end: SessionCleanup): SessionToUndo {
  return { sessionId, files, outcome: { end, why: `\`session-cleanup: ${end}\`` }, isCreated: false }
}

async function reportDryRun(
  runner: Runner,
  { removals, refused }: CheckedManifest,
  access: ServiceAccess,
): Promise<void> {
  runner.notice(`Dry run: would remove ${truncateList(thingsOf(removals).map(idOf), 50) || 'nothing'}`)
  if (refused.length > 0) runner.fail(await leftoverText(runner, refused, access, 'unmount'))
}

async function removeAll(
  runner: Runner,
  { removals, refused }: CheckedManifest,
  access: ServiceAccess,
  parts: RemovalParts,
): Promise<void> {
  const progress = new UndoProgress(parts.deadline)
  await remove(removals, { ...parts, progress })
  progress.doubts.push(...refused)
  setRemovalOutputs(runner, progress)
  reportRemoved(runner, progress)
  if (progress.left.length > 0) runner.fail(await leftoverText(runner, progress.left, access, 'unmount'))
}
