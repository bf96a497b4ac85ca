declare const instantBrand: unique symbol

/** A moment, written `YYYY-MM-DDTHH:mm:ss.sssZ`: UTC, milliseconds, upper case. Instants compare as strings. */
export type Instant = string & { readonly [instantBrand]: true }

/** Tells the current moment. Handed to whatever needs it, so that decisions and tests own their time. */
export type Clock = () => Instant

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Reads an instant in exactly our form. Throws a RangeError for any other text, also for a day that does not exist. */
export function toInstant(text: string): Instant {
  if (text === lastRead) return lastRead
  if (!pattern.test(text)) throw new RangeError('not an instant of the form YYYY-MM-DDTHH:mm:ss.sssZ')
  const date = new Date(text)
  if (Number.isNaN(date.getTime()) || date.toISOString() !== text) throw new RangeError('no such moment')
  lastRead = text as Instant
  return lastRead
}

// What is read in a row is often one moment: that of a batch.
let lastRead: Instant | undefined

/** The instant of a JavaScript date between the years 0000 and 9999. */
export function instantFromDate(date: Date): Instant {
  const text = date.toISOString()
  // Years beyond four digits are written with a sign and more digits.
  if (text.length !== 24) throw new RangeError('not a moment between the years 0000 and 9999')
  return text as Instant
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant)
}

/** The instant `milliseconds` later (earlier when negative). */
export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return instantFromDate(new Date(millisecondsOf(instant) + milliseconds))
}

/** The later of two instants. */
export function laterOf(a: Instant, b: Instant): Instant {
  return a < b ? b : a
}
