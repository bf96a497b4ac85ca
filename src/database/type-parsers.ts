import { type CustomTypesConfig, types } from 'pg'
import { toCivilDate, toInstant, type CivilDate, type Instant } from '#core'

/**
 * How values of PostgreSQL become ours. Sessions run with DateStyle ISO and time zone UTC, so a moment arrives as text
 * and is cut to milliseconds as text: it never passes through a JavaScript Date. What has no meaning for us (infinity,
 * years before 1 or after 9999, an integer that JavaScript cannot hold) is an error, never an approximation.
 */
export function parseTimestamp(text: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/.exec(text)
  if (match === null)
    throw new RangeError('a moment from the database is not between the years 1 and 9999 in UTC')
  const milliseconds = (match[3] ?? '').padEnd(3, '0').slice(0, 3)
  return toInstant(`${match[1]}T${match[2]}.${milliseconds}Z`)
}

export function parseDate(text: string): CivilDate {
  return toCivilDate(text)
}

export function parseBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError('an integer from the database is larger than 2^53 - 1')
  return value
}

function refuseType(): never {
  throw new TypeError('the database sent a type that has no parser: cast it in the query')
}

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  int8Array: 1016,
  dateArray: 1182,
  timestampArray: 1115,
  timestamptzArray: 1185,
}

const arrayOf = (parse: (text: string) => unknown) => (text: string) => {
  // Dates, moments and integers hold no comma, quote or brace, so their arrays need no general reader.
  const inner = text.slice(1, -1)
  if (inner.includes('{')) return refuseType()
  return inner === ''
    ? []
    : inner.split(',').map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
}

const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, parseBigint],
  [oid.date, parseDate],
  [oid.timestamp, refuseType],
  [oid.timestamptz, parseTimestamp],
  [oid.int8Array, arrayOf(parseBigint)],
  [oid.dateArray, arrayOf(parseDate)],
  [oid.timestampArray, refuseType],
  [oid.timestamptzArray, arrayOf(parseTimestamp)],
])

/** The `types` option of a pg client. Types that are not ours keep the parser of pg (bytea becomes a Buffer). */
export const typeParsers = {
  getTypeParser: (typeOid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(typeOid)) || types.getTypeParser(typeOid, format as 'text'),
} as CustomTypesConfig
