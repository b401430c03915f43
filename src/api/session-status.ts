/** Whether an agent in a session of this status does nothing any more, so that its files may go and its outputs are whole. */
export function isAtRest(status: string): boolean {
  return status !== 'running' && status !== 'rescheduling'
}
