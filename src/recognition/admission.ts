import { isIPv6 } from 'node:net'
import type { Clock } from '#core'
import { millisecondsOf, problem } from '#core'

export type AdmissionLimits = {
  /** Uploads under way at the same time, from anywhere: each holds a body in memory. */
  readonly uploadsMax: number
  readonly uploadsMaxOfOneNetwork: number
  /** Uploads begun within one minute by one network. */
  readonly perMinuteMax: number
}

/** Lets an upload begin, before its body is read. */
export type Admission = {
  /**
   * Counts an upload until the function given back is called; calling that twice does nothing. Throws `examination-busy`
   * (503) or `document-uploads-too-many` (429), both with Retry-After.
   */
  readonly enter: (address: string) => () => void
}

const defaults: AdmissionLimits = { uploadsMax: 8, uploadsMaxOfOneNetwork: 4, perMinuteMax: 60 }
const minute_ms = 60_000
const busyRetry_s = 5

type Visits = { begun: number; open: number }

/** Bounds what uploads can take from this process. Addresses are kept for a minute, in memory only. */
export function createAdmission(clock: Clock, limits: Partial<AdmissionLimits> = {}): Admission {
  const { uploadsMax, uploadsMaxOfOneNetwork, perMinuteMax } = { ...defaults, ...limits }
  const networks = new Map<string, Visits>()
  let minute = -1
  let open = 0

  const startMinute = (now_ms: number): void => {
    const current = Math.floor(now_ms / minute_ms)
    if (current === minute) return
    minute = current
    for (const [network, visits] of networks) {
      visits.begun = 0
      if (visits.open === 0) networks.delete(network)
    }
  }

  return {
    enter: (address) => {
      const now_ms = millisecondsOf(clock())
      startMinute(now_ms)
      if (open >= uploadsMax) throw problem('examination-busy', { retryAfter_s: busyRetry_s })
      const network = networkOf(address)
      const visits = networks.get(network) ?? { begun: 0, open: 0 }
      if (visits.open >= uploadsMaxOfOneNetwork)
        throw problem('document-uploads-too-many', { retryAfter_s: busyRetry_s })
      if (visits.begun >= perMinuteMax) {
        const left_ms = minute_ms - (now_ms % minute_ms)
        throw problem('document-uploads-too-many', { retryAfter_s: Math.ceil(left_ms / 1000) })
      }
      networks.set(network, visits)
      visits.begun++
      visits.open++
      open++
      let left = false
      return () => {
        if (left) return
        left = true
        visits.open--
        open--
      }
    },
  }
}

/** One IPv4 address, or the first half of an IPv6 address, which is what one household or company is given. */
function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:/i, '')
  if (!isIPv6(bare)) return bare
  const [head = '', tail = ''] = bare.split('::')
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''))
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0)
  const groups = [...(before ?? []), ...Array.from({ length: missing }, () => '0'), ...(after ?? [])]
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':') // prettier-ignore
}
