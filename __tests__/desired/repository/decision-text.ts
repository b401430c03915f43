import type { Checkout, Decision } from '../../../src/desired/repository/decision.ts'

/** A decision on one line: `owner/name commit <sha>: reason`, or `refused: why`. */
export function decisionText(decision: Decision): string {
  if (!decision.ok) return `refused: ${decision.refusal}`
  const { owner, name } = decision.repository
  return `${owner}/${name} ${checkoutText(decision.checkout)}: ${decision.reason}`
}

function checkoutText(checkout: Checkout): string {
  switch (checkout.kind) {
    case 'commit':
      return `commit ${checkout.sha}`
    case 'branch':
      return `branch ${checkout.name}`
    case 'ref':
      return `ref ${checkout.ref}`
    case 'default':
      return 'default'
  }
}
