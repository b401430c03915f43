import type { BetaManagedAgentsSessionResource } from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import { copyFile } from '../files/files.ts'
import { missing } from '../http/problem.ts'
import type { FileRecord, ResourceRecord, SessionRecord, World } from '../world.ts'
import type { Mount } from './mount.ts'

/** Carries out a mount that has been checked: nothing here can fail. */
export function attach(world: World, sessionId: string, mount: Mount): ResourceRecord {
  const id = world.newId('sesrsc')
  const now = world.timestamp()
  return { seq: world.nextSeq(), id, resource: resourceOf(world, sessionId, mount, { id, now }) }
}

function resourceOf(
  world: World,
  sessionId: string,
  mount: Mount,
  { id, now }: { readonly id: string; readonly now: string },
): BetaManagedAgentsSessionResource {
  const times = { created_at: now, updated_at: now }
  switch (mount.type) {
    case 'file': {
      const copy: FileRecord = copyFile(world, mount.original, sessionId)
      return { id, type: 'file', file_id: copy.id, mount_path: mount.mountPath, ...times }
    }
    case 'github_repository': {
      const { type, url, checkout, mountPath } = mount
      return { id, type, url, mount_path: mountPath, ...(checkout === undefined ? {} : { checkout }), ...times }
    }
    case 'memory_store': {
      const { id: memory_store_id, name, description } = mount.store
      const { type, access, instructions, mountPath } = mount
      return { type, memory_store_id, name, description, access, instructions, mount_path: mountPath }
    }
  }
}

export function findResource(session: SessionRecord, id: string): ResourceRecord {
  // Memory stores show no id, so none of theirs can be asked for.
  const found = session.resources.find((record) => record.id === id && 'id' in record.resource)
  if (found === undefined) throw missing(`Session resource not found: ${id}`)
  return found
}
