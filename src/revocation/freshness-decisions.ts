import { addMilliseconds, millisecondsOf, type Instant } from '#core'
import { demand } from './revocation.ts'

/** How far the clocks of others may be ahead of ours, in milliseconds: five minutes. */
export const clockTolerance_ms = 300_000

/** How long an OCSP answer counts that names no nextUpdate, in milliseconds: an hour. */
export const ageMax_ms = 3_600_000

/** How long an answer is shared at most before it is asked for again, in milliseconds: twelve hours. */
const sharedMax_ms = 12 * 3_600_000

/** The term of an answer: from thisUpdate until nextUpdate, null where none is named. */
export type Term = { readonly thisUpdate: Instant; readonly nextUpdate: Instant | null }

/** The moment until which an answer counts. */
export function endOf({ thisUpdate, nextUpdate }: Term): Instant {
  return nextUpdate ?? addMilliseconds(thisUpdate, ageMax_ms)
}

/** Refuses an answer whose term has not begun (`future`) or is over (`stale`), and one that ends before it begins (`form`). */
export function demandFresh(term: Term, now: Instant): void {
  const { thisUpdate } = term
  const end = endOf(term)
  demand(thisUpdate <= end, 'form', 'the answer ends before it begins')
  demand(
    thisUpdate <= addMilliseconds(now, clockTolerance_ms),
    'future',
    `the answer is of ${thisUpdate}, our clock says ${now}`,
  )
  demand(now <= end, 'stale', `the answer counted until ${end}, our clock says ${now}`)
}

/** Whether an answer still counts. */
export function isFresh(term: Term, now: Instant): boolean {
  return term.thisUpdate <= addMilliseconds(now, clockTolerance_ms) && now <= endOf(term)
}

/**
 * The moment from which a better answer is asked for, though this one still counts: when three quarters of what was left
 * at its arrival have passed, and after twelve hours in any case. An answer that names no end says that a newer one can
 * be had at any time: it is shared for the five minutes that clocks may differ.
 */
export function refreshMoment(term: Term, arrivedAt: Instant): Instant {
  if (term.nextUpdate === null) return addMilliseconds(term.thisUpdate, clockTolerance_ms)
  const left = millisecondsOf(endOf(term)) - millisecondsOf(arrivedAt)
  return addMilliseconds(arrivedAt, Math.min(Math.floor(left * 0.75), sharedMax_ms))
}
