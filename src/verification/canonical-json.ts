import { demand, refuse } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

const depthMax = 32

/**
 * Reads JSON that must stand in its one canonical form (RFC 8785): the value, written again, gives the same bytes. So
 * a second spelling, a duplicate name, a space or another order is refused without a rule for each.
 */
export function parseCanonicalJson(bytes: Uint8Array): Json {
  const text = decodeUtf8(bytes)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return refuse('this is not JSON')
  }
  demand(writeCanonicalJson(value) === text, 'the JSON is not in its canonical form (RFC 8785)')
  return value
}

/** Writes a JSON value as RFC 8785 says. Refuses lone surrogates and nesting deeper than 32. */
export function writeCanonicalJson(value: Json, depth = 0): string {
  demand(depth <= depthMax, 'the JSON is nested too deeply')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return writeString(value)
  if (Array.isArray(value)) return `[${value.map((item) => writeCanonicalJson(item, depth + 1)).join(',')}]`
  // Without a comparator, sort goes by UTF-16 code units: the order of RFC 8785 section 3.2.3.
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${writeString(name)}:${writeCanonicalJson(value[name] as Json, depth + 1)}`)
  return `{${members.join(',')}}`
}

/** The value as an object with exactly these names; the optional ones may be missing. */
export function exactObject(
  value: Json,
  what: string,
  names: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  demand(isObject(value), `${what} is not an object`)
  for (const name of names) demand(Object.hasOwn(value, name), `${what} lacks "${name}"`)
  for (const name of Object.keys(value)) {
    demand(names.includes(name) || optional.includes(name), `${what} has an unknown member "${name}"`)
  }
  return value
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function writeNumber(value: number): string {
  demand(Number.isFinite(value), 'a number is out of range')
  return JSON.stringify(value)
}

function writeString(value: string): string {
  demand(value.isWellFormed(), 'a text holds half a character (a lone surrogate)')
  return JSON.stringify(value)
}
