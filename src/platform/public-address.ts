import { BlockList, isIP, type LookupFunction } from 'node:net'

/** IPv4 that is not the public Internet: IANA IPv4 Special-Purpose Address Registry, multicast (RFC 5771), class E. */
const notPublicIpv4 = blockListOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
])

/** Global unicast is 2000::/3 (RFC 4291); everything outside it is refused, IPv4-mapped, NAT64, ULA and link-local too. */
const globalIpv6 = blockListOf('ipv6', [['2000::', 3]])

/** Inside it: protocol assignments with Teredo and ORCHID, documentation, 6to4 (IANA IPv6 Special-Purpose Registry). */
const notPublicIpv6 = blockListOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Names that mean a machine or network nearby (RFC 6761, RFC 6762, RFC 8375), and what clouds call their insides. */
const localSuffixes = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home.arpa', 'test', 'invalid']

function blockListOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family)
  return list
}

/** The host of a URL without the brackets of IPv6 and without the dot of the root. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/** True for an address on the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !notPublicIpv4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return globalIpv6.check(address, 'ipv6') && !notPublicIpv6.check(address, 'ipv6')
}

/** True for an address of this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

/** True for a name with a dot in it that does not by itself mean something nearby. Says nothing about where it leads. */
export function isPublicName(host: string): boolean {
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(host))
    return false
  return !localSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
}

/** A lookup that answers every question with one address, which was judged before, in both forms that Node asks in. */
export function alwaysTo(address: string): LookupFunction {
  const family = isIP(address)
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}
