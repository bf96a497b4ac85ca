import { BlockList, isIP } from 'node:net'

/** Why an address is not sent to. The same words in refusals at creation and in the list of deliveries. */
export type EgressRefusal =
  | 'not-a-url'
  | 'not-https'
  | 'credentials-in-url'
  | 'fragment-in-url'
  | 'port-not-allowed'
  | 'name-not-public'
  | 'address-not-public'

/** Whether this machine itself may be sent to, over http as well. For tests and development (WEBHOOK_ALLOW_LOOPBACK). */
export type EgressRules = { readonly allowLoopback: boolean }

export const urlLengthMax = 2_048

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

/** The URL as it will be sent to, or why it will not be. Says nothing about where a name leads: see `checkAddress`. */
export function checkUrl(
  text: string,
  rules: EgressRules,
): { readonly url: URL } | { readonly refusal: EgressRefusal } {
  const url = text.length <= urlLengthMax ? URL.parse(text) : null
  if (url === null || /[\s\u0000-\u001f\u007f]/.test(text)) return { refusal: 'not-a-url' }
  const host = hostOf(url)
  const near = rules.allowLoopback && (host === 'localhost' || isLoopback(host))
  if (url.protocol !== 'https:' && !(near && url.protocol === 'http:')) return { refusal: 'not-https' }
  if (url.username !== '' || url.password !== '') return { refusal: 'credentials-in-url' }
  if (url.hash !== '' || text.includes('#')) return { refusal: 'fragment-in-url' }
  const port = Number(url.port || (url.protocol === 'https:' ? '443' : '80'))
  if (port !== 443 && port <= 1024) return { refusal: 'port-not-allowed' }
  if (near) return { url }
  if (isIP(host) !== 0) return checkAddress(host, rules) ? { url } : { refusal: 'address-not-public' }
  return isPublicName(host) ? { url } : { refusal: 'name-not-public' }
}

/** The host of a URL without the brackets of IPv6 and without the dot of the root. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/** True for an address on the public Internet, and for this machine where that is allowed. */
export function checkAddress(address: string, rules: EgressRules): boolean {
  if (rules.allowLoopback && isLoopback(address)) return true
  const family = isIP(address)
  if (family === 4) return !notPublicIpv4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return globalIpv6.check(address, 'ipv6') && !notPublicIpv6.check(address, 'ipv6')
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

function isPublicName(host: string): boolean {
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(host))
    return false
  return !localSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
}
