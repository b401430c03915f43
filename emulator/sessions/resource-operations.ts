import type {
  BetaManagedAgentsDeleteSessionResource,
  BetaManagedAgentsSessionResource,
} from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import { removeFile } from '../files/files.ts'
import { type Operation, param } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import { decode, object, text } from '../http/schema.ts'
import { addedMountOf, addition } from './mount.ts'
import { attach, findResource } from './resource.ts'
import { findOpenSession, findSession, replaceSession } from './session.ts'

export const addResource: Operation = (world, call): BetaManagedAgentsSessionResource => {
  const session = findOpenSession(world, param(call, 'session'))
  const mount = addedMountOf(world, decode(addition, call.json), session.resources)
  const record = attach(world, session.facts.id, mount)
  replaceSession(world, { ...session, resources: [...session.resources, record] })
  return record.resource
}

/** Documented: ordered by creation, everything in one page unless a limit is given. */
export const listResources: Operation = (world, call) => {
  const { resources } = findSession(world, param(call, 'session'))
  const { items, next } = paginate(resources, call.query, { order: 'asc' })
  return { data: items.map(({ resource }) => resource), next_page: next }
}

export const retrieveResource: Operation = (world, call) =>
  findResource(findSession(world, param(call, 'session')), param(call, 'resource')).resource

const ROTATION = object({ authorization_token: text(4096) })

/** Replaces a repository's token, which is all that can be changed; the token is not kept. */
export const rotateToken: Operation = (world, call): BetaManagedAgentsSessionResource => {
  const session = findOpenSession(world, param(call, 'session'))
  const { id, resource } = findResource(session, param(call, 'resource'))
  decode(ROTATION, call.json)
  if (resource.type !== 'github_repository') throw invalid(`A ${resource.type} resource has no authorization_token`)
  const rotated = { ...resource, updated_at: world.timestamp() }
  const resources = session.resources.map((record) => (record.id === id ? { ...record, resource: rotated } : record))
  replaceSession(world, { ...session, resources })
  return rotated
}

/** The session's copy goes with the mount. Repositories stay for the session's lifetime (documented). */
export const deleteResource: Operation = (world, call): BetaManagedAgentsDeleteSessionResource => {
  const session = findOpenSession(world, param(call, 'session'))
  const { id, resource } = findResource(session, param(call, 'resource'))
  if (resource.type !== 'file') throw invalid(`A ${resource.type} resource is attached for the session's lifetime`)
  replaceSession(world, { ...session, resources: session.resources.filter((record) => record.id !== id) })
  removeFile(world, resource.file_id)
  return { id, type: 'session_resource_deleted' }
}
