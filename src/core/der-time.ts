import { der, type DerElement } from './der.ts'
import { derTags } from './der-names.ts'
import { instantFromDate, millisecondsOf, toInstant, type Instant } from './instant.ts'

/** A time in a certificate (RFC 5280 section 4.1.2.5): two-digit years through 2049, four digits from then on. */
export function certificateTimeOf({ tag, body }: DerElement): Instant {
  const text = body.toString('latin1')
  if (tag === derTags.utcTime && /^\d{12}Z$/.test(text))
    return momentOf(`${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text.slice(0, 12)}`)
  if (tag === derTags.generalizedTime && /^\d{14}Z$/.test(text) && text >= '2050')
    return momentOf(text.slice(0, 14))
  throw new RangeError('a time in a certificate has another form')
}

/** A GeneralizedTime in Zulu with seconds and no fraction, of any year (RFC 6960 section 4.2.2.1). */
export function generalizedTimeOf({ tag, body }: DerElement): Instant {
  const text = body.toString('latin1')
  if (tag !== derTags.generalizedTime || !/^\d{14}Z$/.test(text))
    throw new RangeError('a moment has another form')
  return momentOf(text.slice(0, 14))
}

/** A time of a certificate as DER: whole seconds, rounded down; four-digit years from 2050. */
export function certificateTime(instant: Instant): Buffer {
  const text = digitsOf(instant)
  if (text < '2050') return der(derTags.utcTime, Buffer.from(`${text.slice(2)}Z`))
  return generalizedTime(instant)
}

/** A GeneralizedTime as DER: whole seconds, rounded down. */
export function generalizedTime(instant: Instant): Buffer {
  return der(derTags.generalizedTime, Buffer.from(`${digitsOf(instant)}Z`))
}

/** Year to second, fourteen digits. */
function digitsOf(instant: Instant): string {
  return instantFromDate(new Date(millisecondsOf(instant)))
    .replace(/\D/g, '')
    .slice(0, 14)
}

function momentOf(digits: string): Instant {
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(digits)!
  return toInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`)
}
