/** Requests by what they do, so that a case means the same whatever else a run comes to ask for. Paths as patterns. */
export const REQUESTS: Readonly<Record<string, { readonly method: string; readonly path: string }>> = {
  'upload-file': { method: 'POST', path: '^/v1/files$' },
  'list-files': { method: 'GET', path: '^/v1/files$' },
  'delete-file': { method: 'DELETE', path: '^/v1/files/[^/]+$' },
  'create-session': { method: 'POST', path: '^/v1/sessions$' },
  'list-sessions': { method: 'GET', path: '^/v1/sessions$' },
  'get-session': { method: 'GET', path: '^/v1/sessions/[^/]+$' },
  'delete-session': { method: 'DELETE', path: '^/v1/sessions/[^/]+$' },
  'archive-session': { method: 'POST', path: '^/v1/sessions/[^/]+/archive$' },
  'rotate-token': { method: 'POST', path: '^/v1/sessions/[^/]+/resources/[^/]+$' },
  'change-budget': { method: 'POST', path: '^/v1/sessions/[^/]+$' },
  'add-resource': { method: 'POST', path: '^/v1/sessions/[^/]+/resources$' },
  'send-event': { method: 'POST', path: '^/v1/sessions/[^/]+/events$' },
  'list-events': { method: 'GET', path: '^/v1/sessions/[^/]+/events$' },
  'list-resources': { method: 'GET', path: '^/v1/sessions/[^/]+/resources$' },
  'delete-resource': { method: 'DELETE', path: '^/v1/sessions/[^/]+/resources/[^/]+$' },
}
