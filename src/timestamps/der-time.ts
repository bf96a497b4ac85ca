import { addMilliseconds, der, generalizedTimeOf, type DerElement, type Instant } from '#core'
import { tags } from './token-names.ts'

/**
 * The genTime of a token (RFC 3161 section 2.4.2): Zulu, seconds, and if there is a fraction, nine digits at most and no trailing zeros.
 * What is finer than a millisecond is cut off. Throws a RangeError for another form or a moment that does not exist.
 */
export function tokenTimeOf({ tag, body, whole }: DerElement): Instant {
  const found = /^(\d{14})(?:\.(\d{0,8}[1-9]))?Z$/.exec(body.toString('latin1'))
  if (tag !== tags.generalizedTime || found === null) throw new RangeError('genTime has another form')
  const seconds = generalizedTimeOf({ tag, body: Buffer.from(`${found[1]!}Z`), whole })
  return addMilliseconds(seconds, Number((found[2] ?? '').padEnd(3, '0').slice(0, 3)))
}

/** genTime as DER, to the millisecond. */
export function tokenTime(instant: Instant): Buffer {
  const text = instant.replace(/\D/g, '')
  const fraction = text.slice(14).replace(/0+$/, '')
  return der(
    tags.generalizedTime,
    Buffer.from(`${text.slice(0, 14)}${fraction === '' ? '' : `.${fraction}`}Z`),
  )
}
