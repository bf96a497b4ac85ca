import { isIP } from 'node:net'
import { hostOf, isLoopbackAddress, isPublicAddress, isPublicName } from '#platform'

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

/** The URL as it will be sent to, or why it will not be. Says nothing about where a name leads: see `checkAddress`. */
export function checkUrl(
  text: string,
  rules: EgressRules,
): { readonly url: URL } | { readonly refusal: EgressRefusal } {
  const url = text.length <= urlLengthMax ? URL.parse(text) : null
  if (url === null || /[\s\u0000-\u001f\u007f]/.test(text)) return { refusal: 'not-a-url' }
  const host = hostOf(url)
  const near = rules.allowLoopback && (host === 'localhost' || isLoopbackAddress(host))
  if (url.protocol !== 'https:' && !(near && url.protocol === 'http:')) return { refusal: 'not-https' }
  if (url.username !== '' || url.password !== '') return { refusal: 'credentials-in-url' }
  if (url.hash !== '' || text.includes('#')) return { refusal: 'fragment-in-url' }
  const port = Number(url.port || (url.protocol === 'https:' ? '443' : '80'))
  if (port !== 443 && port <= 1024) return { refusal: 'port-not-allowed' }
  if (near) return { url }
  if (isIP(host) !== 0) return checkAddress(host, rules) ? { url } : { refusal: 'address-not-public' }
  return isPublicName(host) ? { url } : { refusal: 'name-not-public' }
}

/** True for an address on the public Internet, and for this machine where that is allowed. */
export function checkAddress(address: string, rules: EgressRules): boolean {
  return (rules.allowLoopback && isLoopbackAddress(address)) || isPublicAddress(address)
}
