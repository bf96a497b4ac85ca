import { der, instantFromDate, millisecondsOf, toInstant, type DerElement, type Instant } from '#core'
import { tags } from './token-names.ts'

/**
 * The genTime of a token (RFC 3161 section 2.4.2): Zulu, seconds, and if there is a fraction, nine digits at most and no trailing zeros.
 * What is finer than a millisecond is cut off. Throws a RangeError for another form or a moment that does not exist.
 */
export function tokenTimeOf({ tag, body }: DerElement): Instant {
  const found = /^(\d{14})(?:\.(\d{0,8}[1-9]))?Z$/.exec(body.toString('latin1'))
  if (tag !== tags.generalizedTime || found === null) throw new RangeError('genTime has another form')
  return momentOf(found[1]!, (found[2] ?? '').padEnd(3, '0').slice(0, 3))
}

/** A time in a certificate (RFC 5280 section 4.1.2.5): two-digit years through 2049, four digits from then on. */
export function certificateTimeOf({ tag, body }: DerElement): Instant {
  const text = body.toString('latin1')
  if (tag === tags.utcTime && /^\d{12}Z$/.test(text))
    return momentOf(`${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text.slice(0, 12)}`, '000')
  if (tag === tags.generalizedTime && /^\d{14}Z$/.test(text) && text >= '2050')
    return momentOf(text.slice(0, 14), '000')
  throw new RangeError('a time in a certificate has another form')
}

/** genTime as DER, to the millisecond. */
export function tokenTime(instant: Instant): Buffer {
  const text = digitsOf(instant)
  const fraction = text.slice(14).replace(/0+$/, '')
  return der(
    tags.generalizedTime,
    Buffer.from(`${text.slice(0, 14)}${fraction === '' ? '' : `.${fraction}`}Z`),
  )
}

/** A time of a certificate as DER: whole seconds, rounded down; four-digit years from 2050. */
export function certificateTime(instant: Instant): Buffer {
  const text = digitsOf(instant).slice(0, 14)
  if (text < '2050') return der(tags.utcTime, Buffer.from(`${text.slice(2)}Z`))
  return der(tags.generalizedTime, Buffer.from(`${text}Z`))
}

/** Year to second, fourteen digits, and three of milliseconds. */
function digitsOf(instant: Instant): string {
  return instantFromDate(new Date(millisecondsOf(instant))).replace(/\D/g, '')
}

function momentOf(digits: string, milliseconds: string): Instant {
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(digits)!
  return toInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`)
}
