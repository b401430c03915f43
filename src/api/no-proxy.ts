import { BlockList, isIP } from 'node:net'

/**
 * Whether `NO_PROXY` excepts a host. As curl takes it: names with all that is below them (a leading dot changes nothing),
 * addresses, networks as `10.0.0.0/8`, each with a port if one is given, `*` for all; and as others do, `*` as a wildcard
 * within a name or address.
 * @param list separated by commas or spaces
 */
export function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = bare(hostname)
  const usedPort = port || (protocol === 'https:' ? '443' : '80')
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const { pattern, port: only } = splitPort(entry)
      return (only === undefined || only === usedPort) && matches(host, bare(pattern))
    })
}

function matches(host: string, pattern: string): boolean {
  if (pattern.includes('*')) return wildcard(pattern).test(host)
  if (pattern.includes('/') || isIP(pattern) !== 0) return isIP(host) !== 0 && isInNetwork(host, pattern)
  const name = pattern.replace(/^\./, '')
  // The end of an address is no domain.
  return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)))
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`)
}

function isInNetwork(address: string, network: string): boolean {
  const [base = '', prefix] = network.split('/')
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
  const bits = family === 'ipv6' ? 128 : 32
  const length = prefix === undefined ? bits : Number(/^\d{1,3}$/.exec(prefix)?.[0] ?? Number.NaN)
  // A list of one family also takes addresses of the other, mapped.
  if (isIP(base) === 0 || isIP(base) !== isIP(address) || !(length <= bits)) return false
  const list = new BlockList()
  list.addSubnet(base, length, family)
  return list.check(address, family)
}

/** `[::1]:443`, `host:443`; a bare IPv6 address has no port. */
function splitPort(entry: string): { readonly pattern: string; readonly port: string | undefined } {
  const [, pattern, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? []
  return pattern === undefined ? { pattern: entry, port: undefined } : { pattern, port }
}

/** Without the brackets of an IPv6 address, and the dot that ends a full name. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*?)\]/, '$1')
    .replace(/(.)\.$/, '$1')
}
