import type { CivilDate, Clock, Instant } from '#core'
import { civilDateIn, problem, toCivilDate, toInstant } from '#core'
import type { AsOf } from './employment.ts'

/**
 * The day and the moment of knowledge of a question: today and now unless they were given. A moment that has not come is
 * refused with `known-at-in-future`: what is answered about one that has passed stays the same for ever.
 */
export function asOf(clock: Clock, query: { readonly on?: string; readonly knownAt?: string }): AsOf {
  const now = clock()
  return {
    on: query.on === undefined ? civilDateIn(now) : dayOf(query.on),
    knownAt: knownAtOf(now, query.knownAt),
  }
}

function dayOf(text: string): CivilDate {
  return toCivilDate(text)
}

function knownAtOf(now: Instant, text: string | undefined): Instant {
  if (text === undefined) return now
  const knownAt = toInstant(text)
  if (knownAt > now)
    throw problem('known-at-in-future', {
      errors: [{ code: 'future', message: 'This moment has not come.', parameter: 'knownAt' }],
    })
  return knownAt
}
