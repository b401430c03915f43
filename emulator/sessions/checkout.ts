import type {
  BetaManagedAgentsBranchCheckout,
  BetaManagedAgentsCommitCheckout,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'

/** Documented: github.com over https, owner and name, no `.git`. */
export function decodeRepositoryUrl(fields: Fields): { readonly url: string; readonly repository: string } {
  const url = fields.text('url', { max: 2048 })
  const [, repository] = /^https:\/\/github\.com\/[A-Za-z0-9-]+\/([A-Za-z0-9._-]+)$/.exec(url) ?? []
  if (repository === undefined || repository.endsWith('.git') || /^\.+$/.test(repository))
    throw invalid(`${fields.name('url')}: Input should have the form https://github.com/<owner>/<repository>`)
  return { url, repository }
}

/** Documented: a branch by name or a commit by its hexadecimal id; without either, the default branch. */
export function decodeCheckout(
  resource: Fields,
): BetaManagedAgentsBranchCheckout | BetaManagedAgentsCommitCheckout | undefined {
  const value = resource.raw('checkout')
  if (value === undefined || value === null) return undefined
  const fields = resource.object('checkout')
  const type = fields.oneOf('type', ['branch', 'commit'])
  if (type === undefined) throw invalid(`${fields.name('type')}: Field required`)
  const checkout =
    type === 'branch'
      ? { type, name: fields.text('name', { max: 255 }) }
      : { type, sha: fields.text('sha', { min: 7, max: 64 }) }
  fields.end()
  if ('sha' in checkout && !/^[0-9a-f]+$/i.test(checkout.sha))
    throw invalid(`${fields.name('sha')}: Input should be hexadecimal`)
  return checkout
}
