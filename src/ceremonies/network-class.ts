import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { NetworkClass } from './act.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

// RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291.
const privateNetworks = new BlockList()
privateNetworks.addSubnet('10.0.0.0', 8)
privateNetworks.addSubnet('172.16.0.0', 12)
privateNetworks.addSubnet('192.168.0.0', 16)
privateNetworks.addSubnet('100.64.0.0', 10)
privateNetworks.addSubnet('169.254.0.0', 16)
privateNetworks.addSubnet('fc00::', 7, 'ipv6')
privateNetworks.addSubnet('fe80::', 10, 'ipv6')

/**
 * The class of a remote address. The class says enough for a dispute (from inside the company or not) and does not
 * make the record a tracking record; the address is dropped.
 */
export function networkClassOf(address: string | undefined): NetworkClass {
  const bare = address?.replace(/^::ffff:/i, '') ?? ''
  if (isIPv4(bare)) {
    if (loopback.check(bare)) return 'loopback'
    return privateNetworks.check(bare) ? 'private' : 'public-ipv4'
  }
  if (!isIPv6(bare)) return 'unknown'
  if (loopback.check(bare, 'ipv6')) return 'loopback'
  return privateNetworks.check(bare, 'ipv6') ? 'private' : 'public-ipv6'
}
