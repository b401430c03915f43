import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Applied } from '../apply/applied.ts'
import type { Member } from '../desired/files/desired-file.ts'
import type { Runner } from '../runner/runner.ts'
import { redactAll, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { resourceRecord } from './outputs.ts'

/** A file in the archive; `archive_path` is where it is when that is unpacked, below the folder it is unpacked to. */
function packedRecord({ name, file: { path, size, sha256 } }: Member): unknown {
  return { path, archive_path: name, size, sha256 }
}

function repositoryRecord({ repository }: Applied): unknown {
  if (repository === undefined) return null
  const { url, sha, ref } = repository.repository
  return {
    resource_id: repository.resourceId,
    mount_path: repository.mountPath ?? null,
    url,
    checkout_sha: sha ?? null,
    mounted_sha: repository.mountedSha ?? null,
    checkout_ref: ref ?? null,
  }
}

/**
 * Writes everything about the run to a file of its own in the runner's temporary folder, which lives as long as the
 * job. Returns its path.
 */
export async function writeManifest(runner: Runner, applied: Applied, runKey: string): Promise<string> {
  const folder = runner.env.RUNNER_TEMP || tmpdir()
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `session-mount-${randomUUID()}.json`)
  const manifest = {
    version: 2,
    run_key: runKey,
    session_id: applied.sessionId ?? null,
    session_created: applied.sessionCreated,
    complete: applied.failure === undefined,
    repository: repositoryRecord(applied),
    resources: applied.mounted.map(resourceRecord),
    packed: applied.mounted.flatMap(({ file }) => file.packed ?? []).map(packedRecord),
    removed: applied.removed.map(({ resourceId, mountPath }) => ({ resource_id: resourceId, mount_path: mountPath })),
    uploads: applied.uploads.map(({ name, fileId }) => ({ name, file_id: fileId })),
  }
  await writeFile(file, `${JSON.stringify(redactAll(manifest, SHORTEST_IN_VALUE), null, 2)}\n`)
  return file
}
