import { isIP } from 'node:net'
import { hostOf, isPublicAddress, isPublicName } from '#platform'

/**
 * The hosts, names or addresses in lower case, that may lie in the operator's own network; every other must be public
 * (REVOCATION_PRIVATE_HOSTS, decision 0080).
 */
export type EgressRules = { readonly privateHosts: readonly string[] }

export const urlLengthMax = 2_048

/**
 * The place that a certificate names, as it will be asked, or one sentence why it will not be. Says nothing about where a
 * name leads: see `mayConnect`.
 */
export function checkUrl(
  text: string,
  rules: EgressRules,
): { readonly url: URL } | { readonly refusal: string } {
  const url = text.length <= urlLengthMax && /^[\x21-\x7e]+$/.test(text) ? URL.parse(text) : null
  if (url === null) return { refusal: 'this is not an address' }
  if (!/^https?:$/.test(url.protocol)) return { refusal: 'only http and https are asked' }
  if (url.username !== '' || url.password !== '') return { refusal: 'the address holds a login' }
  const host = hostOf(url)
  if (rules.privateHosts.includes(host)) return { url }
  const port = Number(url.port || (url.protocol === 'https:' ? '443' : '80'))
  if (port !== 80 && port !== 443 && port <= 1_024) return { refusal: 'the port is not one for the web' }
  const open = isIP(host) === 0 ? isPublicName(host) : isPublicAddress(host)
  return open ? { url } : { refusal: 'the host is not public, and REVOCATION_PRIVATE_HOSTS does not name it' }
}

/** Whether a host may be reached at this address. */
export function mayConnect(host: string, address: string, rules: EgressRules): boolean {
  return rules.privateHosts.includes(host) || isPublicAddress(address)
}

/** An address for logs and attempts: without login, and not longer than anybody reads. */
export function shownUrl(text: string): string {
  const url = URL.parse(text.slice(0, urlLengthMax))
  if (url === null) return ''
  url.username = ''
  url.password = ''
  return url.href.slice(0, 300)
}
