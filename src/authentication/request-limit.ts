import { isIPv6 } from 'node:net'
import type { Clock } from '#core'
import { millisecondsOf, problem } from '#core'

const window_ms = 10 * 60_000

/** Lets a request without a session through, or throws `codes-too-many` with Retry-After. */
export type RequestLimit = (address: string) => void

/**
 * Bounds how often one network asks for codes and tries them: 60 times in ten minutes, whatever it names. Addresses are
 * kept that long, in memory only. It is there for guessing across many mailboxes; each mailbox has its own bounds.
 */
export function createRequestLimit(clock: Clock, perWindowMax = 60): RequestLimit {
  const counts = new Map<string, number>()
  let current = -1
  return (address) => {
    const now_ms = millisecondsOf(clock())
    const window = Math.floor(now_ms / window_ms)
    if (window !== current) {
      current = window
      counts.clear()
    }
    const network = networkOf(address)
    const count = (counts.get(network) ?? 0) + 1
    counts.set(network, count)
    if (count > perWindowMax)
      throw problem('codes-too-many', { retryAfter_s: Math.ceil((window_ms - (now_ms % window_ms)) / 1000) })
  }
}

/** What counts as one sender: an IPv4 address, or the 64 bits of IPv6 that one subscriber has. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const full = address.includes('::')
    ? [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back]
    : front
  return full.slice(0, 4).join(':')
}
